using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Waits until a change holds: the first moment of its first day, or the first after the last day of what stops (P12 timers).</summary>
/// <remarks>While an appeal against a stop keeps service going it looks again each day (P25 step 2); a stop that was revoked meanwhile ends by <c>Revoked</c>, and nothing stops,
/// or by <c>StillAway</c> when services stand still until the person is back.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Waits until a change holds.", Chinese = "等待生效", Waits = true)]
[Outcomes("Due", "Revoked", "StillAway")]
public sealed class AwaitEffect : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Look(context, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Look(context, cancellationToken);

    private async Task<ActivityResult> Look(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var change = await new ChangeBook(db).Get(ChangeId, cancellationToken);
        if (change.EndedAt is not null)
            return new Completed("Revoked");
        if (change.Decision == ChangeDecision.Suspend)
            return new Completed("StillAway");
        var moment = ChinaTime.StartOf(change.Decision == ChangeDecision.Stop ? change.EffectiveOn!.Value.AddDays(1) : change.EffectiveOn!.Value);
        if (moment > context.Now)
            return new Waiting([Bookmark.Timer("effect", moment)]);
        var tomorrow = ChinaTime.DayOf(context.Now).AddDays(1);
        return change is { Decision: ChangeDecision.Stop, CaseId: { } caseId } && (await new CaseDesk(db).Open(caseId, cancellationToken)).Case.Flags.Contains(ChangeBook.StopHeld)
            ? new Waiting([Bookmark.Timer($"look-{tomorrow:yyyyMMdd}", ChinaTime.StartOf(tomorrow))])
            : new Completed("Due");
    }
}
