using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>Opens a ticket about an order and has it looked into: by the township, or by the county when the township is what it is about (P15 steps 4 and 5).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Opens a ticket and has it looked into.", Chinese = "投诉工单办理", Waits = true)]
[Outcomes("Founded", "PartlyFounded", "Unfounded", "CannotVerify")]
public sealed class HandleTicket : OrderStep
{
    private static readonly string[] Outcomes = ["Founded", "PartlyFounded", "Unfounded", "CannotVerify"];

    [Input("What sort of matter it is: charity.NotReceived, volunteer.money …", Chinese = "工单类别")]
    public required string Kind { get; init; }

    [Input("What was said.", Chinese = "情况")]
    public string Said { get; init; } = "";

    [Input("True when the county looks into it and not the township.", Chinese = "由县级办理")]
    public bool ByCounty { get; init; }

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        await OrderTicket.Open(scene, (Kind, Said, UnitOf(scene)), scene.Context.DeedOf("ticket"), cancellationToken);
        return null;
    }

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("ticket", "投诉工单", ByCounty ? ReliefRoles.CountyOfficer : ReliefRoles.ReliefClerk, UnitOf(scene))
        {
            Outcomes = Outcomes,
            Form = [FormField.Of("measures", "处理措施", "string", Outcomes)],
            Data = new { kind = Kind, said = Said },
            DueKey = "ticket.resolve",
            Audience = ByCounty ? "K" : "C",
            Send = [ActivityDeeds.Tell("ticket.opened", ByCounty ? "K" : "C", UnitOf(scene), new { caseNumber = scene.Order.Case.Number, kind = Kind })]
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("settle", answer.By);
        await new TicketBook(scene.Db).Settle(scene.Context.DeedOf("ticket").Key, answer.Decision, answer.Text("measures") ?? "", deed, cancellationToken);
        return StepEnd.By(answer.Decision, ActivityDeeds.Tell("ticket.settled", "P", scene.Order.Order.PersonId, new { caseNumber = scene.Order.Case.Number }));
    }

    private string UnitOf(StepScene scene) => ByCounty ? scene.Order.Order.CountyCode : scene.Order.TownshipCode;
}
