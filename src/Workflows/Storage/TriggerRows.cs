using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>A way in which a published version starts by itself.</summary>
/// <param name="Key">The event's name, the method and path (<see cref="HttpRoute.KeyOf"/>), or the schedule's text.</param>
/// <param name="Settings">What a request must pass; undefined for other kinds.</param>
/// <param name="Due">The first moment of a schedule (UTC); one that stands already under the same key keeps its own.</param>
public sealed record NewTrigger(string ActivityId, TriggerKind Kind, string Key, JsonElement Settings = default, DateTimeOffset? Due = null);

/// <summary>A trigger that stands.</summary>
public sealed record StandingTrigger(string DefinitionId, int Version, string ActivityId, string Key, JsonElement Settings)
{
    /// <summary>The start of one occurrence of a schedule: the same for the same occurrence, so that it starts once.</summary>
    public ChildStart At(DateTimeOffset due) => new(
        StableId.Of($"trigger|{DefinitionId}|{ActivityId}|{due.ToUnixTimeMilliseconds()}"), DefinitionId, FlowJson.Of(new { }))
    {
        Version = Version,
        Trigger = new TriggerFired(ActivityId, TriggerKind.Schedule, Due: due)
    };

    /// <summary>The occurrence after one that was due, strictly after now: what was missed meanwhile starts once (1.8).</summary>
    public DateTimeOffset? After(DateTimeOffset due, DateTimeOffset now) => Schedule.Parse(Key).Next(due, now);
}

/// <summary>What became of a save.</summary>
/// <param name="IsSaved">False when that version is published already with other bytes, or a request's method and path belong to another definition.</param>
/// <param name="TakenKey">The method and path that are taken.</param>
/// <param name="TakenBy">The definition that has them.</param>
public sealed record SaveReceipt(bool IsSaved, string? TakenKey = null, string? TakenBy = null)
{
    /// <summary>True when the latest version is no longer the one over which this was drawn (<see cref="StoredDefinition.Over"/>).</summary>
    public bool WasChanged { get; init; }
}
