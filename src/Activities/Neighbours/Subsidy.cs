namespace Relief.Flow.Activities.Neighbours;

/// <summary>One helper's subsidy of a year: counted logs times the unit, up to the cap, paid once (INV-17).</summary>
public sealed record Subsidy
{
    /// <summary>Helper and year, joined by a hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The sheet.</summary>
    public required string SheetId { get; init; }

    /// <summary>The helper.</summary>
    public required string HelperId { get; init; }

    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>How many logs are counted.</summary>
    public required int Visits { get; init; }

    /// <summary>Yuan for each.</summary>
    public required decimal Unit { get; init; }

    /// <summary>Yuan at most.</summary>
    public required decimal Cap { get; init; }

    /// <summary>Yuan by the rule.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Yuan granted: less than the amount only by the county's decision.</summary>
    public required decimal Granted { get; init; }

    /// <summary>How far it is.</summary>
    public required SubsidyStatus Status { get; init; }

    /// <summary>What the helper disputes.</summary>
    public string? Reason { get; init; }
}
