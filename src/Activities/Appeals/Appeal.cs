namespace Relief.Flow.Activities.Appeals;

/// <summary>One matter: a decision, a stop, a sheet, a line or a subsidy that one or many object to (P25, E14). What was reviewed is never changed.</summary>
public sealed record Appeal
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who took it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township, or the county where it decided.</summary>
    public required string AreaCode { get; init; }

    /// <summary>What it is against.</summary>
    public required AppealAbout About { get; init; }

    /// <summary>The decision, order, sheet, line or subsidy.</summary>
    public required string TargetId { get; init; }

    /// <summary>The case, when it is about one.</summary>
    public string? CaseId { get; init; }

    /// <summary>Its person.</summary>
    public string? PersonId { get; init; }

    /// <summary>The supplier, about money.</summary>
    public string? SupplierId { get; init; }

    /// <summary>Who decided: they do not review.</summary>
    public string[] Deciders { get; init; } = [];

    /// <summary>The last day in time; null while what it is against has not been delivered.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether it came after that day.</summary>
    public required bool IsLate { get; init; }

    /// <summary>Why it came late, as the appellant says.</summary>
    public string? LateReason { get; init; }

    /// <summary>Why a late one is looked at, or is not.</summary>
    public string? LateNote { get; init; }

    /// <summary>What holds until the internal result; null where nothing is to be held.</summary>
    public AppealEffect? Effect { get; init; }

    /// <summary>Why.</summary>
    public string? EffectReason { get; init; }

    /// <summary>The result of the internal review.</summary>
    public AppealResult? Result { get; init; }

    /// <summary>Its reasons.</summary>
    public string? Reasons { get; init; }

    /// <summary>Who reviewed: nobody who decided.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The record by which an objected line is paid after all.</summary>
    public string? RecordId { get; init; }

    /// <summary>What is owed by the result, in yuan.</summary>
    public decimal Owed { get; init; }

    /// <summary>The decision that came of it.</summary>
    public string? NewDecisionId { get; init; }

    /// <summary>The outside result that was taken over last.</summary>
    public string? AppliedTrackId { get; init; }

    /// <summary>When the written answer was delivered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The proof of it.</summary>
    public string? DeliveryProof { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public AppealEnd? Outcome { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The chain of a matter.</summary>
    public static string Chain(string id) => "appeal:" + id;
}
