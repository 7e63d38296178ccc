using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The unit takes a ticket or says that it is not theirs, once; after that, and when it says nothing in time, the level above has it (A36, P15 step 4).</summary>
/// <remarks>The county has nobody above to hand it to: what comes to it is taken with that.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has a unit take a ticket.", Chinese = "承办单位签收", Waits = true)]
[Outcomes("Accepted", "WrongUnit", "Timeout")]
public sealed class AcceptTicket : TicketStep
{
    protected override async Task<StepEnd?> Begin(TicketScene scene, CancellationToken cancellationToken)
    {
        if (scene.Ticket.TownshipCode is not null)
            return null;
        var taken = await new TicketDesk(scene.Db).Accept(TicketId, scene.Context.DeedOf("accept"), cancellationToken);
        return StepEnd.By("Accepted", await TicketReport.Progress(scene, taken, "Accepted", cancellationToken));
    }

    protected override Question Ask(TicketScene scene) => new("ticket.accept", "工单签收", scene.Role, scene.Ticket.UnitCode)
    {
        Outcomes = ["Accepted", "WrongUnit"],
        Form = [FormField.Of("reason", "不属于本单位的理由", "string", "WrongUnit")],
        Data = scene.Shown, Excluded = scene.Concerned, DueKey = scene.Ticket.LifeRisk ? "ticket.accept.lifeAtRisk" : "ticket.accept", WhenLate = "Timeout", Audience = scene.Audience
    };

    protected override async Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (desk, deed) = (new TicketDesk(scene.Db), scene.Context.DeedOf("accept", answer.By));
        if (answer.Decision == "Accepted")
        {
            var taken = await desk.Accept(TicketId, deed, cancellationToken);
            return StepEnd.By("Accepted", await TicketReport.Progress(scene, taken, "Accepted", cancellationToken));
        }

        if (answer.Reason is not { Length: > 0 } reason)
            return StepEnd.Not("ReasonMissing");
        var wrong = await desk.Wrong(TicketId, reason, deed, cancellationToken);
        return wrong.Reroutes < 2 ? StepEnd.By("WrongUnit") : await Up(scene, cancellationToken);
    }

    protected override Task<StepEnd> Late(TicketScene scene, string port, CancellationToken cancellationToken) => Up(scene, cancellationToken);

    private async Task<StepEnd> Up(TicketScene scene, CancellationToken cancellationToken)
    {
        await new TicketDesk(scene.Db).Transfer(TicketId, null, scene.Context.DeedOf("up"), cancellationToken);
        var taken = await new TicketDesk(scene.Db).Accept(TicketId, scene.Context.DeedOf("county"), cancellationToken);
        return StepEnd.By("Timeout", [scene.ToCounty("ticket.transferred"), .. await TicketReport.Progress(scene, taken, "Accepted", cancellationToken)]);
    }
}
