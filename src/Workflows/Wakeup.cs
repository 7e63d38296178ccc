using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What woke a waiting activity.</summary>
/// <param name="Bookmark">The name of the consumed bookmark.</param>
/// <param name="Payload">What came with it: the event's payload, a <see cref="TaskDecision"/>, an <see cref="HttpReply"/>, the child's <see cref="ChildEnded"/>.</param>
/// <param name="At">Business time at which it was delivered (UTC).</param>
/// <param name="Lateness">For a timer: how long after its moment it fired.</param>
public sealed record Wakeup(string Bookmark, BookmarkKind Kind, JsonElement Payload, DateTimeOffset At, TimeSpan Lateness = default)
{
    /// <summary>True when a timer fired, rather than anything having arrived.</summary>
    public bool IsTimer => Kind == BookmarkKind.Timer;

    /// <summary>The payload as a record; null when a timer fired or nothing came with it.</summary>
    /// <exception cref="JsonException">The payload has another shape.</exception>
    public T? As<T>() where T : class =>
        IsTimer || Payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : Payload.Deserialize<T>(FlowJson.Options);
}

/// <summary>How a child instance ended.</summary>
/// <param name="Status"><c>Finished</c>, <c>Cancelled</c> or <c>Faulted</c> (which may still be mended).</param>
/// <param name="Outcomes">By what it ended; null or empty for <c>Done</c>.</param>
public sealed record ChildEnded(Guid InstanceId, string Status, JsonElement Output, string? Fault = null, IReadOnlyList<string>? Outcomes = null);
