namespace Relief.Flow.Activities.Orders;

/// <summary>The monthly quantity of one item in a plan (INV-07).</summary>
public sealed record PlanLine
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The plan version.</summary>
    public required string PlanId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>Units per month.</summary>
    public decimal QuantityPerMonth { get; init; }

    /// <summary>In how many visits.</summary>
    public required int VisitsPerMonth { get; init; }
}
