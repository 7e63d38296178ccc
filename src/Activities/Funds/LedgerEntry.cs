namespace Relief.Flow.Activities.Funds;

/// <summary>One posting on one account: append-only and hash-chained per account (INV-25).</summary>
public sealed record LedgerEntry
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its number on the account, from 1 without a gap.</summary>
    public required int Sequence { get; init; }

    /// <summary>What it does.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>Yuan; positive, but for Adjust and CarryOver, which may take away, and a Commit that takes an accrual back.</summary>
    public decimal Amount { get; init; }

    /// <summary>What it is for: an order, a batch, a document.</summary>
    public required string Reference { get; init; }

    /// <summary>Why, for corrections.</summary>
    public string? Reason { get; init; }

    /// <summary>A repeat with the same key posts nothing.</summary>
    public required string IdemKey { get; init; }

    /// <summary>Who.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The hash of the entry before, empty for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>The hash over this entry and the one before.</summary>
    public required string Hash { get; init; }
}
