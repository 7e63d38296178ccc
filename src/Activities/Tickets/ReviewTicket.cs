using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>Somebody else looks at what was found and closes the ticket, or gives it back; then who complained is answered, always (A36, P15 step 6).</summary>
/// <remarks>By name where one was given, by the ticket's code where none was, and to the hotline that handed it on under its own number.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Closes a ticket and answers who complained.", Chinese = "工单办结审核与反馈", Waits = true)]
[Outcomes("Closed", "Back")]
public sealed class ReviewTicket : TicketStep
{
    protected override Question Ask(TicketScene scene) => new("ticket.review", "工单办结审核", scene.Reviewer, scene.Ticket.UnitCode)
    {
        Outcomes = ["Closed", "Back"],
        Form = [FormField.Of("reason", "退回理由", "string", "Back")],
        Data = new { scene.Shown, scene.Ticket.Finding, scene.Ticket.Measures, scene.Ticket.Answer },
        Excluded = [.. scene.Concerned, scene.Ticket.FoundBy!], DueKey = "ticket.review", Audience = scene.Audience
    };

    protected override async Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Back")
            return answer.Reason is { Length: > 0 } ? StepEnd.By("Back", scene.ToUnit("ticket.back")) : StepEnd.Not("ReasonMissing");
        var closed = await new TicketDesk(scene.Db).Close(TicketId, scene.Context.DeedOf("close", answer.By), cancellationToken);
        return StepEnd.By("Closed", [.. scene.ToComplainant("ticket.answered", new { code = closed.Code }), .. await TicketReport.Reply(scene, closed, cancellationToken)]);
    }
}
