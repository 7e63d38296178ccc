using Relief.Flow.Activities.Funds;

namespace Relief.Flow.Activities.Settlement;

/// <summary>A supplier's monthly statement in one township (对账单, P10 step 7): every figure is a sum of records that stand in it (INV-29), and none is typed.</summary>
/// <remarks>
/// What was approved before and not yet paid when the batch was opened is carried over; what is approved in the batch is added; what was paid until the next batch was
/// opened is taken off. So one month closes with what the next one opens with.
/// </remarks>
public sealed record Statement
{
    /// <summary>The batch.</summary>
    public required SettlementBatch Batch { get; init; }

    /// <summary>The supplier's name.</summary>
    public required string SupplierName { get; init; }

    /// <summary>The township's name.</summary>
    public required string TownshipName { get; init; }

    /// <summary>The lines, by person and day; the rejected and the held ones with their reasons.</summary>
    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>Earlier batches that were approved and unpaid when this one was opened.</summary>
    public required IReadOnlyList<StatementBatch> Carried { get; init; }

    /// <summary>The payments until the next batch was opened.</summary>
    public required IReadOnlyList<StatementBatch> Payments { get; init; }

    /// <summary>What the ledger posted for the batch as spent and as taken back.</summary>
    public required IReadOnlyList<StatementPosting> Postings { get; init; }

    /// <summary>Yuan owed when the batch was opened.</summary>
    public decimal Opening => Carried.Sum(batch => batch.Amount);

    /// <summary>Yuan on all lines: rejected, held, open and approved together.</summary>
    public decimal Claimed => Lines.Sum(line => line.Line.Amount);

    /// <summary>Yuan on rejected lines.</summary>
    public decimal Rejected => SumOf(LineStatus.Rejected);

    /// <summary>Yuan on held lines.</summary>
    public decimal Held => SumOf(LineStatus.Hold);

    /// <summary>Yuan on lines that are not decided yet.</summary>
    public decimal Undecided => SumOf(LineStatus.Claimed) + SumOf(LineStatus.Verified);

    /// <summary>Yuan on approved and paid lines, what is taken back taken off.</summary>
    public decimal Approved => SumOf(LineStatus.Approved) + SumOf(LineStatus.Paid);

    /// <summary>Yuan paid until the next batch was opened.</summary>
    public decimal Paid => Payments.Sum(batch => batch.Amount);

    /// <summary>Yuan owed in the end.</summary>
    public decimal Closing => Opening + Approved - Paid;

    /// <summary>Yuan that the ledger says was spent for the batch, what was taken back taken off; the same as the batch's payment.</summary>
    public decimal Spent => Postings.Sum(posting => posting.Amount);

    /// <summary>What each fund pays of the approved lines (INV-04).</summary>
    public IReadOnlyList<StatementFund> Funds =>
        [.. Lines.Where(line => line.Counts).SelectMany(line => line.Funds).GroupBy(fund => (fund.AccountId, fund.Kind)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.AccountId, StringComparer.Ordinal)
            .Select(group => new StatementFund(group.Key.AccountId, group.Key.Kind, group.Sum(fund => fund.Amount)))];

    private decimal SumOf(LineStatus status) => Lines.Where(line => line.Line.Status == status).Sum(line => line.Line.Amount);
}

/// <summary>A line of a statement.</summary>
/// <param name="Line">The line with its record, price version and reason.</param>
/// <param name="ServiceNo">The person's service number; null for a line without an order.</param>
/// <param name="PersonName">The person, whom the supplier knows.</param>
/// <param name="ItemName">The item.</param>
/// <param name="Funds">The accounts that pay it.</param>
/// <param name="PutRightBy">The later line that puts this one right.</param>
public sealed record StatementLine(SettlementLine Line, string? ServiceNo, string? PersonName, string ItemName, IReadOnlyList<StatementFund> Funds, string? PutRightBy)
{
    /// <summary>Whether it is approved or paid.</summary>
    public bool Counts => Line.Status is LineStatus.Approved or LineStatus.Paid;
}

/// <summary>Yuan from one account.</summary>
public sealed record StatementFund(string AccountId, FundKind Kind, decimal Amount);

/// <summary>What a batch came to.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Month">yyyy-MM.</param>
/// <param name="Amount">Yuan on its approved and paid lines.</param>
/// <param name="PaidAt">When it was paid, if it was.</param>
/// <param name="Voucher">The bank's reference.</param>
public sealed record StatementBatch(string BatchId, string Month, decimal Amount, DateTimeOffset? PaidAt, string? Voucher);

/// <summary>A posting of the ledger for the batch.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Kind">Spend, or ClawBack.</param>
/// <param name="Amount">Yuan; negative for what was taken back.</param>
public sealed record StatementPosting(string EntryId, string AccountId, LedgerEntryKind Kind, decimal Amount);
