namespace Relief.Flow.Activities.Rounds;

/// <summary>A visit that is owed to a family: a row, not an instance; what it leads to is one (P18).</summary>
public sealed record HomeVisit
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The round.</summary>
    public required string RoundId { get; init; }

    /// <summary>Whose duty it is.</summary>
    public required VisitDuty Duty { get; init; }

    /// <summary>Which of the family's visits of this round, from 1.</summary>
    public required int Slot { get; init; }

    /// <summary>The household; the person where none is kept.</summary>
    public required string FamilyId { get; init; }

    /// <summary>One of the family, who is asked for.</summary>
    public required string PersonId { get; init; }

    /// <summary>Why it was asked for, when it was.</summary>
    public string? Reason { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>What became of it.</summary>
    public required HomeVisitStatus Status { get; init; }

    /// <summary>How often nobody was home.</summary>
    public required int Misses { get; init; }

    /// <summary>The report by which it ended.</summary>
    public string? ReportId { get; init; }
}
