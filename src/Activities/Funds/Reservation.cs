namespace Relief.Flow.Activities.Funds;

/// <summary>Money set aside for an order (E08: no paid service starts without one).</summary>
public sealed record Reservation
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Yuan reserved in all; grows and shrinks with adjustments.</summary>
    public decimal Amount { get; init; }

    /// <summary>The first day it covers.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>Whether money still stands behind it.</summary>
    public required ReservationStatus Status { get; init; }

    /// <summary>The key of the reservation.</summary>
    public required string IdemKey { get; init; }
}
