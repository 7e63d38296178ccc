namespace Relief.Flow.Activities.Decisions;

/// <summary>What was decided about a case or need, by whom and by which rules (INV-10, INV-11).</summary>
public sealed record DecisionRecord
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The need, when it is about one.</summary>
    public string? NeedItemId { get; init; }

    /// <summary>The survey it rests on; a confirmation always has one.</summary>
    public string? SurveyId { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Why; a denial always has one.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>The reasons in words.</summary>
    public string? Reasons { get; init; }

    /// <summary>Each rule with its inputs and result, as JSON.</summary>
    public required string RuleTrace { get; init; }

    /// <summary>The version of the rules.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>Who decided.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>township or county.</summary>
    public required string Authority { get; init; }

    /// <summary>From when.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>When the letter was handed over.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The proof of it.</summary>
    public string? DeliveryProof { get; init; }

    /// <summary>The last day of appeal: delivery and 60 days.</summary>
    public DateOnly? AppealBy { get; init; }

    /// <summary>The deciding task's key.</summary>
    public required string IdemKey { get; init; }
}
