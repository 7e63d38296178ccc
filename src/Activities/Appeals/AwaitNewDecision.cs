using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Waits for the decision that a new survey or review of a denied case comes to (P25 step 3, SC-10).</summary>
/// <remarks>It arrives as <c>decided:{caseId}</c>, with what was decided; a case that ends otherwise was not changed.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Waits for the decision that an appeal has brought about.", Chinese = "等待重新决定", Waits = true)]
[Outcomes("Changed", "Upheld")]
public sealed class AwaitNewDecision : Activity
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var matter = await new AppealBook(db).Get(AppealId, cancellationToken);
        return new Waiting([Bookmark.Event("decided", DeniedCase.Decided(matter.CaseId!))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var matter = await new AppealBook(db).Get(AppealId, cancellationToken);
        var isConfirmed = Answer.From(wakeup).Decision == nameof(DecisionOutcome.Confirmed);
        var outcome = isConfirmed ? DecisionOutcome.Confirmed : DecisionOutcome.Denied;
        var decision = await db.Set<DecisionRecord>().Where(row => row.CaseId == matter.CaseId && row.Outcome == outcome && row.Id != matter.TargetId && row.CreatedAt >= matter.CreatedAt)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        await new AppealBook(db).Change(AppealId, ("AppealDecided", new { decision }), row => row with { NewDecisionId = decision }, context.DeedOf("decided"), cancellationToken);
        return new Completed(isConfirmed ? "Changed" : "Upheld");
    }
}
