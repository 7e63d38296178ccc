using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Changes;

/// <summary>Something that has changed for a person, and what was decided about it: one row for each, from the first word to its end (P12, CZ-144).</summary>
/// <remarks>The database holds it: nothing is taken away without a reason, a hearing and a second person, and what has ended is never changed.</remarks>
public sealed record PersonChange
{
    /// <summary>The identifier, made of origin and origin's id: each is one change.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who said so.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village, as it was then.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>Their open case, if there was one.</summary>
    public string? CaseId { get; init; }

    /// <summary>What has changed.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Where it was noticed.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>The report, visit, hit or occurrence.</summary>
    public required string OriginId { get; init; }

    /// <summary>The instance that looks into it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>What was seen, without an illness.</summary>
    public required string Seen { get; init; }

    /// <summary>The day it is about: of the move, the birthday, the death.</summary>
    public required DateOnly SeenOn { get; init; }

    /// <summary>How far it is.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>What the rules say now.</summary>
    public string? Verdict { get; init; }

    /// <summary>How many of the six indicators fail, when self-care was looked at again.</summary>
    public int? FailedIndicators { get; init; }

    /// <summary>What is to be done.</summary>
    public ChangeDecision? Decision { get; init; }

    /// <summary>Whether it takes something away.</summary>
    public required bool Adverse { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Why services end.</summary>
    public StopReason? StopReason { get; init; }

    /// <summary>The order that changes; all of the person's when absent.</summary>
    public string? OrderId { get; init; }

    /// <summary>The item that changes.</summary>
    public string? ItemCode { get; init; }

    /// <summary>Units per month from then on.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>In how many visits.</summary>
    public int? Visits { get; init; }

    /// <summary>The fund account that carries it from then on.</summary>
    public string? AccountId { get; init; }

    /// <summary>The category from then on.</summary>
    public ReliefCategory? Category { get; init; }

    /// <summary>Until when services stand still, or stood still when something else was decided after that.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The first day of a change, or the last day of what stops.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The village to which somebody moves.</summary>
    public string? ToAreaCode { get; init; }

    /// <summary>Who proposed.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>What the person said: Agrees, Objects, Silent.</summary>
    public string? Heard { get; init; }

    /// <summary>In their words.</summary>
    public string? HeardNote { get; init; }

    /// <summary>When they were heard, or their time was over.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Until when a stop is put up in public.</summary>
    public DateOnly? NoticeUntil { get; init; }

    /// <summary>Who signed the annex for the supplier.</summary>
    public string? AnnexBy { get; init; }

    /// <summary>The second person.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
