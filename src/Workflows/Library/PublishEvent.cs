using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.PublishEvent</c>: publishes an event inside the engine, with the commit; kept for a week when nobody waits yet.</summary>
[Activity("Events", "Publishes an event.", Type = "Elsa.PublishEvent", Chinese = "发布事件")]
public sealed class PublishEvent : Activity
{
    [Input("The event's name.", Chinese = "事件名")]
    public required string EventName { get; init; }

    [Input("Only who waits with this correlation gets it; empty for everyone.", Chinese = "关联号")]
    public string? CorrelationId { get; init; }

    [Input("What comes with it.", Chinese = "内容")]
    public JsonElement Payload { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Complete(Done, Message.Of(new EventPublished(EventName, CorrelationId, Payload)));
}
