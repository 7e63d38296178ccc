namespace Relief.Flow.Activities.Visits;

/// <summary>What was really done at one visit: the only thing money may follow (INV-05 to INV-08).</summary>
public sealed record VisitRecord
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The visit it belongs to, when it was planned.</summary>
    public string? VisitId { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The supplier.</summary>
    public required string SupplierId { get; init; }

    /// <summary>Who served.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The second worker, where two are needed.</summary>
    public string? SecondWorkerId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>True when the item is served by two together, so that their times may overlap.</summary>
    public required bool TwoWorkers { get; init; }

    /// <summary>The day, in the county's zone.</summary>
    public required DateOnly ServiceDate { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndAt { get; init; }

    /// <summary>Units; hours are rounded down to half an hour.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>Who confirmed for the person, and how.</summary>
    public required string ConfirmedBy { get; init; }

    /// <summary>The hashes of the evidence.</summary>
    public string[] Evidence { get; init; } = [];

    /// <summary>What a person must look at: Overlap, Duration, Late, OverPlan …</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>The state.</summary>
    public required RecordStatus Status { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Who accepted, queried or rejected it; system for a clean one.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why.</summary>
    public string? DecisionReason { get; init; }

    /// <summary>Why an overlap was let pass.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>The sender's key.</summary>
    public required string IdemKey { get; init; }
}
