using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Asks the eligibility rules again, on the day that the change is about when it lies ahead (P12 step 2, LD-011). They propose; people decide.</summary>
/// <remarks>What was found of income is no pass and no failure: then a person has to say.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Asks the eligibility rules again.", Chinese = "资格复核")]
[Outcomes("Eligible", "NotEligible", "Undetermined")]
public sealed class RecheckEligibility : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ChangeScene.Of(db, ChangeId, context, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var on = scene.Change.SeenOn > today ? scene.Change.SeenOn : today;
        var trace = await new EligibilityQueries(db).Of(scene.Person.Id, scene.Case?.Id, (scene.Change.Kind == ChangeKind.Income ? "Hit" : "NotRequired", on), cancellationToken);
        var deed = context.DeedOf("recheck");
        await new ChangeBook(db).Change(ChangeId, ("EligibilityRechecked", null), change => change with { Verdict = trace.Verdict }, deed, cancellationToken);
        if (scene.Case is { } about)
            await db.Audit(AuditTrail.Case(about.Id), new AuditDetail(EligibilityCheck.Checked, trace), deed, cancellationToken);
        return new Completed(trace.Verdict);
    }
}
