using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What may start an instance by itself; the numbers are stored.</summary>
public enum TriggerKind
{
    /// <summary>A published event of that name.</summary>
    Event = 1,

    /// <summary>A request with that method and path.</summary>
    Http = 2,

    /// <summary>A moment of a <see cref="Workflows.Schedule"/>.</summary>
    Schedule = 3
}

/// <summary>What started an instance: its activity ends at once with the payload as its result, where it would otherwise wait.</summary>
/// <param name="ActivityId">The activity at which the instance begins.</param>
/// <param name="Payload">What came with the event; an <see cref="HttpReceived"/>; nothing for a schedule.</param>
/// <param name="Due">The occurrence of a schedule (UTC): how late it started is the difference to the beginning.</param>
public sealed record TriggerFired(string ActivityId, TriggerKind Kind, JsonElement Payload = default, DateTimeOffset? Due = null);
