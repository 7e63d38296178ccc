using System.Text.Json;

namespace Relief.Flow.Activities.Adapters;

/// <summary>What became of an exchange.</summary>
/// <param name="Status">Its state from now on.</param>
public sealed record ExchangeEnd(ExchangeStatus Status)
{
    /// <summary>The status of the answer; none when none came.</summary>
    public int? ReplyStatus { get; init; }

    /// <summary>What was answered.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>Why it was not taken or not sent.</summary>
    public string? Reason { get; init; }

    /// <summary>What proves that a person has done it.</summary>
    public string? Proof { get; init; }
}
