namespace Relief.Flow.Activities.Settlement;

/// <summary>The share of a line that one account pays (INV-04).</summary>
public sealed record LineSplit
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The line.</summary>
    public required string LineId { get; init; }

    /// <summary>The share of the reservation it uses.</summary>
    public required string PartId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Yuan.</summary>
    public decimal Amount { get; init; }
}
