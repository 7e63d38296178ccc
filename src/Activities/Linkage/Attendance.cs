namespace Relief.Flow.Activities.Linkage;

/// <summary>Whether a person was at one session of what a member unit or agency gives; unpaid.</summary>
public sealed record Attendance
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The day of the session.</summary>
    public required DateOnly HeldOn { get; init; }

    /// <summary>True when the person was there.</summary>
    public required bool Attended { get; init; }

    /// <summary>Why not.</summary>
    public string? Reason { get; init; }
}
