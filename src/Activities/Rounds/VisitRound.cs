namespace Relief.Flow.Activities.Rounds;

/// <summary>A county's visits of one duty in one period: a month, or a half-year (P18).</summary>
public sealed record VisitRound
{
    /// <summary>The identifier, made of county, duty and period.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Whose duty it is.</summary>
    public required VisitDuty Duty { get; init; }

    /// <summary>2026-04, or 2026-H1.</summary>
    public required string Period { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>How often each family is to be visited, as policy said when the round was opened.</summary>
    public required int Times { get; init; }

    /// <summary>How far it is.</summary>
    public required RoundStatus Status { get; init; }

    /// <summary>When every family had its visits.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>By when the visit of a number is to be made: the period is divided evenly.</summary>
    public DateOnly DueOf(int slot) => slot >= Times ? EndsOn : StartsOn.AddDays(((EndsOn.DayNumber - StartsOn.DayNumber + 1) * slot / Times) - 1);
}
