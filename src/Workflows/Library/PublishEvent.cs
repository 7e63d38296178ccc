using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.PublishEvent</c>: publishes an event inside the engine, with the commit; kept for a week when nobody waits yet.</summary>
[Activity("Events", "Publishes an event.", Type = "Elsa.PublishEvent", Chinese = "发布事件", Effect = EffectClass.Outbox)]
public sealed class PublishEvent : Activity
{
    [Input("The event's name.", Chinese = "事件名", Hint = UiHints.SingleLine)]
    public required string EventName { get; init; }

    [Input("Only who waits with this correlation gets it; empty for everyone.", Chinese = "关联号", Hint = UiHints.SingleLine)]
    public string? CorrelationId { get; init; }

    [Input("Accepted; an event reaches whoever waits for it, in this instance or another.", Chinese = "仅本实例", Hint = UiHints.Checkbox, Default = false)]
    public bool IsLocalEvent { get; init; }

    [Input("What comes with it.", Chinese = "内容", Hint = UiHints.JsonEditor)]
    public JsonElement Payload { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Complete(Done, Message.Of(new EventPublished(EventName, CorrelationId, Payload)));
}
