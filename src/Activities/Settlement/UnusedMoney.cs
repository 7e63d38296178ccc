namespace Relief.Flow.Activities.Settlement;

/// <summary>Money of one order's reservation that its month does not need.</summary>
internal sealed record UnusedMoney(string OrderId, string ReservationId, decimal Amount);
