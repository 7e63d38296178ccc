namespace Relief.Flow.Activities.SpotChecks;

/// <summary>A county's year of spot checks: the database closes it only when its share of services was checked, and opens it again with a late record (INV-14, E23).</summary>
public sealed record SpotCheckYear
{
    /// <summary>County and year: <c>999900-2026</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who began it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The calendar year.</summary>
    public required int Year { get; init; }

    /// <summary>The share to be reached.</summary>
    public required decimal Ratio { get; init; }

    /// <summary>Whether it is closed.</summary>
    public required YearStatus Status { get; init; }

    /// <summary>How many services it had when it was closed last.</summary>
    public required int Services { get; init; }

    /// <summary>How many of them were checked then.</summary>
    public required int Checked { get; init; }

    /// <summary>When it was closed last.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often late records have opened it again.</summary>
    public int Reopened { get; init; }

    /// <summary>The identifier of a county's year.</summary>
    public static string IdOf(string countyCode, int year) => $"{countyCode}-{year}";
}

/// <summary>Whether a year of spot checks is closed.</summary>
public enum YearStatus
{
    Open,
    Closed
}
