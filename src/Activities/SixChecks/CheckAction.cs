namespace Relief.Flow.Activities.SixChecks;

/// <summary>What has to be done about a finding: with an owner, a day, and in the end an outcome that stays (P19).</summary>
public sealed record CheckAction
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The item of the run.</summary>
    public required string SheetId { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>What has to be done.</summary>
    public required ActionKind Kind { get; init; }

    /// <summary>For whom.</summary>
    public required string PersonId { get; init; }

    /// <summary>What was found.</summary>
    public required string Finding { get; init; }

    /// <summary>The unit that does it: the township, or the county.</summary>
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The person's open case, if there is one.</summary>
    public string? CaseId { get; init; }

    /// <summary>Of which member of the staff the person is a relative (item 5).</summary>
    public string? KinStaff { get; init; }

    /// <summary>In what relation.</summary>
    public string? Relation { get; init; }

    /// <summary>How it ended.</summary>
    public ActionOutcome? Outcome { get; init; }

    /// <summary>What was done, or why it could not be.</summary>
    public string? Result { get; init; }

    /// <summary>What proves it: an order, a filing, a file.</summary>
    public string? Reference { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who ended it.</summary>
    public string? EndedBy { get; init; }
}
