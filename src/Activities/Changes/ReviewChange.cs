using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>A second person agrees to what is proposed, or gives it back with a reason; never who proposed it, nor kin, nor who surveyed (P12 step 3, INV-09).</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "A second person agrees to what is proposed.", Chinese = "变更复核", Waits = true, Approves = true)]
[Outcomes("Approved", "Back")]
public sealed class ReviewChange : ChangeStep
{
    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => new("change.review", "动态管理复核", ReliefRoles.TownshipReviewer, scene.Township)
    {
        Outcomes = ["Approved", "Back"],
        Form = [FormField.Of("reason", "退回理由", "string", "Back")],
        Data = new
        {
            decision = scene.Change.Decision.ToString(), scene.Change.Reason, stopReason = scene.Change.StopReason?.ToString(), scene.Change.OrderId, scene.Change.ItemCode, scene.Change.Quantity,
            scene.Change.AccountId, category = scene.Change.Category?.ToString(), scene.Change.EffectiveOn, scene.Change.Heard, scene.Change.HeardNote, scene.Change.Verdict
        },
        Excluded = [.. await scene.Excluded(cancellationToken), scene.Change.ProposedBy!], DueKey = "change.review", Audience = "R"
    };

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.By == scene.Change.ProposedBy)
            return StepEnd.Not("ConflictOfInterest");
        var deed = scene.Context.DeedOf("review", answer.By);
        if (answer.Decision == "Approved")
        {
            await Write(scene, "ChangeApproved", change => change with { Status = ChangeStatus.Approved, ReviewedBy = answer.By, ReviewedAt = deed.At }, deed, cancellationToken);
            return StepEnd.By("Approved");
        }

        if (answer.Reason is not { Length: > 0 and <= 2000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new ChangeBook(scene.Db).Change(ChangeId, ("ChangeBack", new { reason }), change => change with { Status = ChangeStatus.Open }, deed, cancellationToken);
        return StepEnd.By("Back");
    }
}
