namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Delay</c>: waits for a span of time, of any length, by a row that fires once.</summary>
[Activity("Scheduling", "Waits for a span of time.", Type = "Elsa.Delay", Chinese = "延时", Waits = true)]
public sealed class Delay : Activity
{
    [Input("How long, such as 00:00:30 or P3D.", Chinese = "时长", Hint = UiHints.SingleLine)]
    public TimeSpan TimeSpan { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        TimeSpan <= TimeSpan.Zero ? Complete() : Wait(until: context.Now + TimeSpan);

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Complete();
}
