namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Timer</c>: starts an instance again and again; inside one it waits for one interval.</summary>
[Activity("Scheduling", "Waits for one interval.", Type = "Elsa.Timer", Chinese = "定时器", Waits = true, IsTrigger = true)]
public sealed class IntervalTimer : Activity
{
    [Input("The interval.", Chinese = "间隔", Hint = UiHints.SingleLine)]
    public TimeSpan Interval { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        context.Trigger is not null ? Complete() : Interval <= TimeSpan.Zero ? Fault("timer.noInterval", "The interval must be longer than zero.") : Wait(until: context.Now + Interval);

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Complete();
}
