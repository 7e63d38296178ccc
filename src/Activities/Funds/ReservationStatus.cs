namespace Relief.Flow.Activities.Funds;

/// <summary>Whether money still stands behind a reservation.</summary>
public enum ReservationStatus
{
    Active,
    Closed
}
