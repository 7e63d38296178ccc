namespace Relief.Flow.Activities.Appeals;

/// <summary>An appeal as it comes in.</summary>
/// <param name="About">What it is against.</param>
/// <param name="TargetId">The decision, order, sheet, line or subsidy.</param>
/// <param name="Kind">Who appeals.</param>
/// <param name="Ref">The person, supplier, helper or mandate, or a reference.</param>
/// <param name="Wording">What they say.</param>
public sealed record AppealEntry(AppealAbout About, string TargetId, PartyKind Kind, string Ref, string Wording)
{
    /// <summary>Why it comes late.</summary>
    public string? LateReason { get; init; }

    /// <summary>Whether staff suspect fraud: then a stop holds.</summary>
    public bool IsFraudSuspected { get; init; }
}
