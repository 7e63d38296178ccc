namespace Relief.Flow.Activities.Funds;

/// <summary>Money that passes into the next year by decision.</summary>
/// <param name="FromAccountId">The account of the closing year.</param>
/// <param name="ToAccountId">The same source's account of the next year.</param>
/// <param name="Amount">Yuan.</param>
/// <param name="Document">The decision.</param>
public sealed record CarryOver(string FromAccountId, string ToAccountId, decimal Amount, string Document);
