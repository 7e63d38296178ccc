namespace Relief.Flow.Activities.Funds;

/// <summary>One source's money of one year at one unit; its totals are moved by ledger entries only (INV-01).</summary>
public sealed record FundAccount
{
    /// <summary>The budget sub-item of a township's petty cash (备用金), an account of F2 for temporary relief and the fast track alone (P28, P29).</summary>
    public const string PettyCash = "petty-cash";

    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The source.</summary>
    public required string SourceId { get; init; }

    /// <summary>The source's kind, kept here for the cap (INV-03).</summary>
    public required FundKind Kind { get; init; }

    /// <summary>The year.</summary>
    public required int FiscalYear { get; init; }

    /// <summary>The organisation that spends it.</summary>
    public required string Unit { get; init; }

    /// <summary>The budget sub-item; - when there is none.</summary>
    public required string SubItem { get; init; }

    /// <summary>Yuan given to it.</summary>
    public decimal Appropriated { get; init; }

    /// <summary>Yuan set aside for orders.</summary>
    public decimal Reserved { get; init; }

    /// <summary>Yuan approved for payment.</summary>
    public decimal Committed { get; init; }

    /// <summary>Yuan paid.</summary>
    public decimal Spent { get; init; }
}
