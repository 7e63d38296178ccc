using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Waits until a change holds: the first moment of its first day, or the first after the last day of what stops (P12 timers).</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "Waits until a change holds.", Chinese = "等待生效", Waits = true)]
[Outcomes("Due")]
public sealed class AwaitEffect : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var change = await new ChangeBook(db).Get(ChangeId, cancellationToken);
        var moment = ChinaTime.StartOf(change.Decision == ChangeDecision.Stop ? change.EffectiveOn!.Value.AddDays(1) : change.EffectiveOn!.Value);
        return moment > context.Now ? new Waiting([Bookmark.Timer("effect", moment)]) : new Completed("Due");
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Complete("Due");
}
