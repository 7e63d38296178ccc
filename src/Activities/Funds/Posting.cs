namespace Relief.Flow.Activities.Funds;

/// <summary>One movement on one account.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Amount">Yuan; positive, but for Adjust and CarryOver and the reversal of an accrual.</param>
/// <param name="Reference">What it is for.</param>
/// <param name="Reason">Why, for corrections.</param>
public sealed record Posting(string AccountId, LedgerEntryKind Kind, decimal Amount, string Reference, string? Reason = null);
