namespace Relief.Flow.Activities.Emergencies;

/// <summary>One person's emergency on the fast track: a small service at once, the papers afterwards (急难快速通道, P29, E08).</summary>
public sealed record EmergencyRelief
{
    /// <summary>The flag of a case while its emergency is open.</summary>
    public const string Flag = "FastTrack";

    /// <summary>The identifier: that of its procedure.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who saw it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person's village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>Where it was seen.</summary>
    public required EmergencyOrigin Origin { get; init; }

    /// <summary>What it comes from; each leads to one.</summary>
    public required string OriginId { get; init; }

    /// <summary>Whether it is open.</summary>
    public required EmergencyStatus Status { get; init; }

    /// <summary>The person's open case, by which a service is regularised; none while there is none.</summary>
    public string? CaseId { get; init; }

    /// <summary>The service proposed; none of cash.</summary>
    public string? ItemCode { get; init; }

    /// <summary>Units in all.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>For so many calendar days.</summary>
    public int? Days { get; init; }

    /// <summary>Yuan: quantity by price, or the cash proposed.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What cash is for.</summary>
    public string? Purpose { get; init; }

    /// <summary>How the person agreed to the service.</summary>
    public string? Consent { get; init; }

    /// <summary>Who proposed it.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>By which way it was approved.</summary>
    public ApprovalChannel? Channel { get; init; }

    /// <summary>The reviewer who said yes: somebody else.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When they said so.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Who entered it: the reviewer, or a colleague whom they called.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>The recording of the call.</summary>
    public string? CallRef { get; init; }

    /// <summary>By when a supplier has to be on its way.</summary>
    public DateTimeOffset? DispatchDue { get; init; }

    /// <summary>By when papers, survey and decision have to be there.</summary>
    public DateTimeOffset? RegulariseDue { get; init; }

    /// <summary>The first day of service.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The order.</summary>
    public string? OrderId { get; init; }

    /// <summary>When a supplier took it on.</summary>
    public DateTimeOffset? DispatchedAt { get; init; }

    /// <summary>When it was found not to be regularised in time; the breach stays shown.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>How it ended.</summary>
    public EmergencyOutcome? Outcome { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The audit chain of an emergency, what its tasks are about, and what its procedure is found by.</summary>
    public static string Chain(string id) => "emergency:" + id;

    /// <summary>The event that it was dispatched or has ended.</summary>
    public static string Changed(string id) => $"emergency:{id}:changed";
}
