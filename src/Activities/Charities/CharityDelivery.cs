using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>The charity reports what it gave the person: date, kind, value and receipt; goods go into the in-kind ledger (PW7 step 6).</summary>
/// <remarks>What it gives is its own decision (CZ-121). A gift under a condition, such as publicity, is refused; no account of F1 to F8 is touched.</remarks>
[ChangesRecords]
[Activity("Relief Partners", "Takes the charity's report of what it gave the person.", Chinese = "慈善交付反馈", Waits = true)]
[Outcomes("Delivered", "Withdrawn", "Stopped")]
public sealed class CharityDelivery : OrderStep
{
    private const string Delivered = "Delivered";
    private const string Withdrawn = "Withdrawn";

    [Input("The project.", Chinese = "慈善项目")]
    public required string ProjectId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var project = (await new CharityQueries(scene.Db).Project(ProjectId, cancellationToken))!;
        return new Question("charity.delivery", "慈善交付反馈", ReliefRoles.Charity, project.CharityId)
        {
            Outcomes = [Delivered, Withdrawn],
            Form =
            [
                FormField.Of("kind", "类别", "string", Delivered).OneOf(Enum.GetNames<CharityKind>()), FormField.Of("date", "交付日期", "string", Delivered), FormField.Of("value", "价值(元)", "number"),
                FormField.Of("goods", "物资名称", "string"), FormField.Of("quantity", "数量", "number"), FormField.Of("receipt", "签收单或捐赠协议", "string", Delivered),
                FormField.Of("condition", "附加条件", "string"), FormField.Of("reason", "理由", "string", Withdrawn)
            ],
            Data = new { project.Name, kind = project.Kind.ToString() },
            DueKey = "charity.deliver",
            Audience = "S",
            WhenStopped = "Stopped",
            Event = "delivery:" + OrderId
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var nomination = (await new CharityQueries(scene.Db).Nomination(OrderId, ProjectId, cancellationToken))!;
        var deed = scene.Context.DeedOf(answer.Decision, answer.By);
        if (answer.Decision == Withdrawn)
        {
            await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Declined, deed, cancellationToken);
            return StepEnd.By(Withdrawn, [.. await ListEnds.Leave(scene.Db, nomination, answer.Reason ?? Withdrawn, deed, cancellationToken)]);
        }

        if (FormData.Read<CharityGift>(answer.Data) is not { } gift)
            return StepEnd.Not("NoGift");
        if (gift.Problem(ChinaTime.DayOf(scene.Context.Now)) is { } problem)
            return StepEnd.Not(problem);
        if (await new CharityLists(scene.Db).Deliver(nomination, gift, deed, cancellationToken) is { } refused)
            return StepEnd.Not(refused);
        await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Active, deed, cancellationToken);
        await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.InService, null, deed, cancellationToken);
        return StepEnd.By(Delivered, [ActivityDeeds.Tell("charity.delivered", "P", nomination.PersonId, new { caseNumber = scene.Order.Case.Number }),
            .. await ListEnds.Look(scene.Db, nomination.ListId, deed, cancellationToken)]) with { Kept = new { gift.Kind, gift.Value, gift.Receipt } };
    }

    protected override async Task<IReadOnlyList<Message>> Stopped(StepScene scene, CancellationToken cancellationToken)
    {
        var nomination = (await new CharityQueries(scene.Db).Nomination(OrderId, ProjectId, cancellationToken))!;
        return await ListEnds.Leave(scene.Db, nomination, "Stopped", scene.Context.DeedOf("stop"), cancellationToken);
    }
}
