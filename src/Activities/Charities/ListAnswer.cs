namespace Relief.Flow.Activities.Charities;

/// <summary>A charity's answer for one person on a list.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Decision">Accepted, Declined or Queued.</param>
public sealed record ListAnswer(string? OrderId, string? Decision)
{
    /// <summary>Why it declines.</summary>
    public string? Reason { get; init; }

    /// <summary>What it means to do.</summary>
    public string? Plan { get; init; }
}
