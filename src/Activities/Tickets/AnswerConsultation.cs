using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The hotline answers a question, or sees that it is a complaint (P15 step 2).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Has the hotline answer a question.", Chinese = "政策咨询答复", Waits = true)]
[Outcomes("Answered", "IsComplaint")]
public sealed class AnswerConsultation : TicketStep
{
    protected override Question Ask(TicketScene scene) => new("ticket.consultation", "政策咨询答复", ReliefRoles.HotlineOperator, scene.Ticket.CountyCode)
    {
        Outcomes = ["Answered", "IsComplaint"],
        Form = [FormField.Of("answer", "答复内容", "string", "Answered"), FormField.Of("rating", "满意度(1-5)", "integer")],
        Data = scene.Shown, DueKey = "ticket.answer", Audience = "H"
    };

    protected override async Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "IsComplaint")
            return StepEnd.By("IsComplaint");
        if (answer.Text("answer") is not { Length: > 0 and <= 2000 } text)
            return StepEnd.Not("AnswerMissing");
        if (answer.Has("rating") && answer.Number("rating") is not (>= 1 and <= 5))
            return StepEnd.Not("RatingUnknown");
        var desk = new TicketDesk(scene.Db);
        await desk.Resolve(TicketId, ("Founded", answer.Number("rating") is { } rating ? $"满意度{rating:0}" : "已答复", text), scene.Context.DeedOf("resolve", answer.By), cancellationToken);
        var closed = await desk.Close(TicketId, scene.Context.DeedOf("close", answer.By), cancellationToken);
        return StepEnd.By("Answered", [.. scene.ToComplainant("ticket.answered", new { code = closed.Code }), .. await TicketReport.Reply(scene, closed, cancellationToken)]);
    }
}
