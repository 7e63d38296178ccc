namespace Relief.Flow.Activities.Funds;

/// <summary>What became of a reservation that was to be carried over.</summary>
/// <param name="Carried">Yuan that stand in the next year.</param>
/// <param name="ReservationId">The reservation they stand behind.</param>
/// <param name="Refusal">Why nothing was moved: NoNextAccount, CapExceeded; null when it was.</param>
public sealed record CarryResult(decimal Carried, string ReservationId, string? Refusal);
