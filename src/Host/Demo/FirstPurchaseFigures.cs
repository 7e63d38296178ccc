namespace Relief.Flow.Host.Demo;

/// <summary>What the first purchase came to (SC-01); money in yuan, days in China.</summary>
internal sealed record FirstPurchaseFigures
{
    public string CaseId { get; init; } = "";

    public string OrderId { get; init; } = "";

    /// <summary>The states the case has gone through, in order.</summary>
    public IReadOnlyList<string> CaseStates { get; init; } = [];

    /// <summary>When each task was due that SC-01 names, by the task's kind; <c>first-visit</c> is a timer.</summary>
    public Dictionary<string, DateOnly> Due { get; } = [];

    public string ServiceNumber { get; init; } = "";

    /// <summary>What hangs on the village's board.</summary>
    public string Notice { get; init; } = "";

    public FundFigures WhenReserved { get; init; } = new(0, 0, 0, 0);

    public FundFigures WhenPaid { get; init; } = new(0, 0, 0, 0);

    public BatchFigures April { get; init; } = new(0, 0, 0, "", default, default);

    /// <summary>Violations of the engine's invariants at the end.</summary>
    public int Violations { get; init; }
}

/// <summary>An account at one moment.</summary>
/// <param name="Released">The sum that has been released so far.</param>
internal sealed record FundFigures(decimal Reserved, decimal Released, decimal Spent, decimal Available);

/// <summary>A month's settlement.</summary>
/// <param name="CareHours">Hours of home care that were accepted.</param>
/// <param name="Rejected">The sum of the rejected lines.</param>
/// <param name="Reason">Why they were rejected.</param>
internal sealed record BatchFigures(decimal CareHours, decimal Paid, decimal Rejected, string Reason, DateOnly ApprovedOn, DateOnly PaidOn);
