using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Changes;

/// <summary>What somebody proposes to do about a change, as the form says it.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="StopReason">Why services end.</param>
/// <param name="OrderId">The order; all of the person's when absent.</param>
/// <param name="ItemCode">The item; the order's own when it has one.</param>
public sealed record ChangeProposal(string? Reason, StopReason? StopReason, string? OrderId, string? ItemCode)
{
    /// <summary>Units per month from then on.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>In how many visits; as many as units when absent.</summary>
    public int? Visits { get; init; }

    /// <summary>The fund account that carries it from then on.</summary>
    public string? AccountId { get; init; }

    /// <summary>The relief category from then on.</summary>
    public ReliefCategory? Category { get; init; }

    /// <summary>Until when services stand still.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The first day of a change, or the last day of what stops.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The village to which somebody moves.</summary>
    public string? ToAreaCode { get; init; }
}
