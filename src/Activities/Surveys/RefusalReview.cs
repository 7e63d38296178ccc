using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>A reviewer asks whether a refusal was free: capacity, coercion, safeguarding (E01).</summary>
[Activity("Relief Survey", "A reviewer asks whether a refusal was free.", Chinese = "拒绝核实", Waits = true)]
[Outcomes(Respected, Resurvey)]
[ChangesRecords]
public sealed class RefusalReview(ReliefDatabase database) : Activity
{
    private const string Respected = nameof(Respected);
    private const string Resurvey = nameof(Resurvey);
    private const string Kind = "refusal-review";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "survey.refusal", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("RefusalReviewed", new { decision.Outcome, decision.Form<Finding>()?.Capacity }),
            Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private static DeskWork Work() => new()
    {
        Title = "拒绝核实",
        Kind = Kind,
        Role = ReliefRoles.TownshipReviewer,
        Outcomes = [Respected, Resurvey],
        Form = [FormField.Of("capacity", "行为能力", "string", Respected), FormField.Of("witness", "见证人", "string", Respected)]
    };

    private sealed record Finding(string? Capacity);
}
