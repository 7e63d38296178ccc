namespace Relief.Flow.Activities.Funds;

/// <summary>Yuan of one share of a reservation.</summary>
/// <param name="PartId">The share.</param>
/// <param name="Amount">Yuan.</param>
public sealed record PartAmount(string PartId, decimal Amount);
