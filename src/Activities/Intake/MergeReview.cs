using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Has a person decide whether two files are of one person (A02, E07); time alone never merges, and a merge takes two persons.</summary>
/// <remarks>Drawn twice in a row: who looks second sees what the first chose, and may not be the first. Both stand in the new case's audit trail.</remarks>
[ChangesRecords]
[Activity("Relief Intake", "Has a person decide whether two files are of one person.", Chinese = "疑似重复核实", Waits = true)]
[Outcomes(Same, Different)]
public sealed class MergeReview(ReliefDatabase database) : Activity
{
    private const string Same = nameof(Same);
    private const string Different = nameof(Different);

    [Input("The new case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("Cases that may be the same person's.", Chinese = "疑似重复")]
    public string[] Matches { get; init; } = [];

    [Input("Who has decided before and may not again.", Chinese = "此前核实人")]
    public string[] Earlier { get; init; } = [];

    [Output("Who decided.", Chinese = "核实人")]
    public string? DecidedBy { get; private set; }

    [Output("The case that goes on, when they are the same.", Chinese = "已有个案")]
    public string? OtherCaseId { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "intake.merge", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, await Work(records, null, cancellationToken), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, "merge-review"));
        var chosen = decision.Outcome == Same ? decision.Form<Choice>()?.CaseId : null;
        if (decision.Outcome == Same && !Matches.Contains(chosen))
            return await KeepWaiting([CaseDesk.Again(scene, await Work(records, "CaseUnknown", cancellationToken), wakeup)]);
        (OtherCaseId, DecidedBy) = (chosen, decision.By);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("MergeReviewed", new { decision.Outcome, otherCaseId = chosen, matchedOn = PersonQueries.ProbableBy }), Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private async Task<DeskWork> Work(ReliefDbContext records, string? problem, CancellationToken cancellationToken)
    {
        var cases = await records.Set<Case>().Where(row => Matches.Contains(row.Id)).Select(row => new { row.Id, row.Number }).ToListAsync(cancellationToken);
        return new DeskWork
        {
            Title = Earlier.Length == 0 ? "疑似重复核实" : "疑似重复复核",
            Kind = "merge-review",
            Role = ReliefRoles.TownshipReviewer,
            Outcomes = [Same, Different],
            Form = [FormField.Of("caseId", "已有个案", "string", Same)],
            Data = Json(new { cases, matchedOn = PersonQueries.ProbableBy, problem }),
            Excluded = Earlier
        };
    }

    private sealed record Choice(string? CaseId);
}
