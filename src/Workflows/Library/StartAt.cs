namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.StartAt</c>: starts an instance once, or waits until a moment; one that is past goes on at once.</summary>
[Activity("Scheduling", "Waits until a moment.", Type = "Elsa.StartAt", Chinese = "定时开始", Waits = true, IsTrigger = true)]
public sealed class StartAt : Activity
{
    [Input("The moment, with its offset.", Chinese = "时间", Hint = UiHints.DateTimePicker)]
    public DateTimeOffset DateTime { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        context.Trigger is not null || DateTime <= context.Now ? Complete() : Wait(until: DateTime.ToUniversalTime());

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Complete();
}
