using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Event</c>: starts an instance by an event, or waits for it by name, with the instance's correlation when it has one; an event that came early is taken at once.</summary>
[Activity("Events", "Waits for an event.", Type = "Elsa.Event", Chinese = "等待事件", Waits = true, IsTrigger = true)]
public sealed class WaitForEvent : Activity
{
    [Input("The event's name.", Chinese = "事件名", Hint = UiHints.SingleLine)]
    public required string EventName { get; init; }

    [Output("What came with the event.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (context.Trigger is { } fired)
        {
            Result = fired.Payload;
            return Complete();
        }

        return WaitAt([Bookmark.Event("for", EventName, context.CorrelationId)]);
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        Result = wakeup.Payload;
        return Complete();
    }
}
