using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The unit looks into a ticket within five working days, or by the end that another hotline has set, with one extension for a reason (A36, P15 step 5).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Has the unit look into a ticket.", Chinese = "工单核实办理", Waits = true)]
[Outcomes("Resolved")]
public sealed class ResolveTicket : TicketStep
{
    private const string Extend = nameof(Extend);
    private const int CorrectionDays = 2;

    private static readonly string[] Findings = ["Founded", "PartlyFounded", "Unfounded", "CannotVerify"];

    protected override Question Ask(TicketScene scene) => new("ticket.resolve", "工单核实办理", scene.Role, scene.Ticket.UnitCode)
    {
        Outcomes = [.. Findings, Extend],
        Form =
        [
            FormField.Of("measures", "处理措施", "string", Findings), FormField.Of("answer", "答复内容", "string", Findings), FormField.Of("reason", "延期理由", "string", Extend)
        ],
        Data = scene.Shown, Excluded = scene.Concerned, Audience = scene.Audience
    };

    // By the calendar, from the call or the extension; given back by the reviewer after its end, it is due in two working days.
    protected override async Task<Deadline> Due(TicketScene scene, Question question, CancellationToken cancellationToken)
    {
        var (ticket, now, deadlines) = (scene.Ticket, scene.Context.Now, new Deadlines(scene.Db));
        if (ticket.DueAt <= now)
            return await deadlines.WorkingDays(CorrectionDays, ticket.CountyCode, now, cancellationToken);
        var due = await deadlines.Of("ticket.resolve", ticket.CountyCode, ticket.ExtendedAt ?? ticket.CreatedAt, cancellationToken);
        return new Deadline(now, ticket.DueAt, due.Due == ticket.DueAt ? due.Rule : null);
    }

    protected override async Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (desk, deed) = (new TicketDesk(scene.Db), scene.Context.DeedOf("resolve", answer.By));
        if (answer.Decision == Extend)
        {
            if (scene.Ticket.ExtendedAt is not null)
                return StepEnd.Not("ExtendedBefore");
            if (answer.Reason is not { Length: > 0 } reason)
                return StepEnd.Not("ReasonMissing");
            await desk.Extend(TicketId, reason, deed, cancellationToken);
            return Again;
        }

        if (answer.Text("measures") is not { Length: > 0 and <= 2000 } measures || answer.Text("answer") is not { Length: > 0 and <= 2000 } text)
            return StepEnd.Not("AnswerMissing");
        await desk.Resolve(TicketId, (answer.Decision, measures, text), deed, cancellationToken);
        return StepEnd.By("Resolved");
    }
}
