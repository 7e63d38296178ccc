namespace Relief.Flow.Activities.RedVest;

/// <summary>Somebody of the team of one order.</summary>
public sealed record TeamMember
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When they joined.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who named them.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Who.</summary>
    public required string StaffId { get; init; }

    /// <summary>As what.</summary>
    public required TeamRole Role { get; init; }

    /// <summary>When they left.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Why: TookMoney, NoShow.</summary>
    public string? LeftBecause { get; init; }
}
