namespace Relief.Flow.Activities.Calendar;

/// <summary>A day that a county works or rests against the national calendar.</summary>
public sealed record CalendarOverride
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>True when work is done on it.</summary>
    public required bool Working { get; init; }

    /// <summary>The document.</summary>
    public required string Reason { get; init; }

    /// <summary>The county's calendar version that brought it.</summary>
    public required int Version { get; init; }
}
