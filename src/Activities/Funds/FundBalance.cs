namespace Relief.Flow.Activities.Funds;

/// <summary>What an account holds, in yuan.</summary>
public sealed record FundBalance
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its source.</summary>
    public required string SourceId { get; init; }

    /// <summary>The source's kind.</summary>
    public required FundKind Kind { get; init; }

    /// <summary>The year.</summary>
    public required int FiscalYear { get; init; }

    /// <summary>Given to it.</summary>
    public required decimal Appropriated { get; init; }

    /// <summary>Set aside for orders.</summary>
    public required decimal Reserved { get; init; }

    /// <summary>Approved for payment.</summary>
    public required decimal Committed { get; init; }

    /// <summary>Paid.</summary>
    public required decimal Spent { get; init; }

    /// <summary>What is left: never below zero (INV-01).</summary>
    public decimal Available => Appropriated - Reserved - Committed - Spent;

    /// <summary>The balance of an account's row.</summary>
    public static FundBalance Of(FundAccount account) => new()
    {
        AccountId = account.Id,
        SourceId = account.SourceId,
        Kind = account.Kind,
        FiscalYear = account.FiscalYear,
        Appropriated = account.Appropriated,
        Reserved = account.Reserved,
        Committed = account.Committed,
        Spent = account.Spent
    };
}
