namespace Relief.Flow.Activities.HelpDays;

/// <summary>One desk of a help day, with the people who sit at it.</summary>
public sealed record HelpDesk
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who planned it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The help day.</summary>
    public required string HelpDayId { get; init; }

    /// <summary>What stands on it.</summary>
    public required string Name { get; init; }

    /// <summary>The organisation that has it.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Who sits at it.</summary>
    public required string[] Team { get; init; }
}
