using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Asks whether a person's data may go to the receiver of an order (P07 step 2).</summary>
/// <remarks>
/// Purchased care and institutions are a delegation under their agreement: no separate consent (PIPL art. 21). Charities, party branches and
/// volunteers need it (art. 23); five working days without an answer are a refusal, and so is a stop of the order. For a minor it is the guardian who answers, unless they are alleged to have abused the child (E10).
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Asks for consent before data goes to a third party.", Chinese = "同意确认", Waits = true)]
[Outcomes("Granted", "Refused", "NotNeeded", "GuardianNeeded")]
public sealed class ConsentGate : Activity
{
    private static readonly string[] Delegated = ["M1", "M2"];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (Delegated.Contains(scene.Order.Pathway))
            return new Completed("NotNeeded");
        var facts = await new PersonQueries(db).Facts(scene.Order.PersonId, scene.Order.PlannedFrom, cancellationToken);
        if (facts!.Minor && (facts.Person.GuardianId is null || GuardianRule.Problem(facts.Person, null) is not null))
            return new Completed("GuardianNeeded");

        var deadline = await new Deadlines(db).WorkingDays(5, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), Bookmark.Event("answer", "consent:" + OrderId), .. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"征求同意 {scene.Case.Number}",
            Kind = "consent",
            Role = ReliefRoles.ReliefClerk,
            Unit = scene.TownshipCode,
            Subject = "order:" + OrderId,
            Outcomes = ["Granted", "Refused"],
            Form = [new FormField("form", "同意方式", "string", ["Granted"])]
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("Refused");
        if (wakeup.IsTimer && wakeup.Bookmark != "task.due")
            return new Waiting([]);
        var answer = wakeup.IsTimer ? new Answer("Refused", "NoAnswer", ActivityDeeds.System) : Answer.From(wakeup);
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("Consent" + answer.Decision, new { OrderId, answer.Reason }), context.DeedOf("answer", answer.By), cancellationToken);
        return new Completed(answer.Decision == "Granted" ? "Granted" : "Refused");
    }
}
