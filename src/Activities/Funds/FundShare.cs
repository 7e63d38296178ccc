namespace Relief.Flow.Activities.Funds;

/// <summary>What one account carries.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">Its source's kind.</param>
/// <param name="Amount">Yuan.</param>
public sealed record FundShare(string AccountId, FundKind Kind, decimal Amount);
