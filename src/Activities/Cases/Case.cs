using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Cases;

/// <summary>One person's relief file; at most one open per person and county (INV-13).</summary>
public sealed record Case
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case number.</summary>
    public required string Number { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The household folder.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>The application that opened it.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>The state.</summary>
    public required CaseStatus Status { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The township that owns it.</summary>
    public required string OwnerUnitId { get; init; }

    /// <summary>The relief category it rests on.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the application was accepted; decision.total runs from here.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When it was closed; absent while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why.</summary>
    public string? ClosedReason { get; init; }

    /// <summary>AppealOpen, ConferenceOpen, Duplicate, Frozen, SpotCheckPriority …</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>The village's remark, the only column of its ledger that is typed.</summary>
    public string? Remark { get; init; }
}
