namespace Relief.Flow.Activities.Neighbours;

/// <summary>A neighbour's sheet of a year (邻里互助年度补贴表, P11): whom they helped, on which days, and what each month comes to. Every figure is a sum of the logs that stand in it (INV-29).</summary>
public sealed record YearSheet
{
    /// <summary>The helper.</summary>
    public required string HelperName { get; init; }

    /// <summary>The helper's village.</summary>
    public required string VillageName { get; init; }

    /// <summary>The subsidy.</summary>
    public required Subsidy Subsidy { get; init; }

    /// <summary>The township's sheet that it is on.</summary>
    public required SubsidySheet Sheet { get; init; }

    /// <summary>The counted visits, by day.</summary>
    public required IReadOnlyList<HelpedDay> Days { get; init; }

    /// <summary>The twelve months: visits times unit until the cap of the year is reached. Their sum is the amount by the rule.</summary>
    public IReadOnlyList<SheetMonth> Months => [.. Enumerable.Range(1, 12).Select(month => new SheetMonth(month, Days.Count(day => day.On.Month == month), Until(month) - Until(month - 1)))];

    /// <summary>The four quarters, each the sum of its months.</summary>
    public IReadOnlyList<SheetMonth> Quarters => [.. Months.Chunk(3).Select((months, at) => new SheetMonth(at + 1, months.Sum(month => month.Visits), months.Sum(month => month.Amount)))];

    /// <summary>Yuan beyond the cap: not paid.</summary>
    public decimal OverCap => Days.Count * Subsidy.Unit - Subsidy.Amount;

    /// <summary>Yuan that the county's decision on a short budget takes off.</summary>
    public decimal Reduced => Subsidy.Amount - Subsidy.Granted;

    private decimal Until(int month) => Math.Min(Days.Count(day => day.On.Month <= month) * Subsidy.Unit, Subsidy.Cap);
}

/// <summary>A counted visit.</summary>
/// <param name="LogId">The log.</param>
/// <param name="On">The day.</param>
/// <param name="PersonName">Who was helped, whom the helper knows.</param>
/// <param name="Content">What was done.</param>
/// <param name="ConfirmedHow">Beneficiary, SampleCall or Review.</param>
public sealed record HelpedDay(string LogId, DateOnly On, string PersonName, string Content, string? ConfirmedHow);

/// <summary>A month or a quarter of a sheet.</summary>
/// <param name="Number">1 to 12, or 1 to 4.</param>
/// <param name="Visits">The counted visits.</param>
/// <param name="Amount">Yuan, as far as the cap of the year allows.</param>
public sealed record SheetMonth(int Number, int Visits, decimal Amount);
