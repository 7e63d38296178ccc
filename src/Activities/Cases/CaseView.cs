namespace Relief.Flow.Activities.Cases;

/// <summary>A case as it is looked at.</summary>
/// <param name="Case">The case.</param>
/// <param name="Needs">Its needs, oldest first.</param>
/// <param name="Timeline">What happened to it, oldest first.</param>
public sealed record CaseView(Case Case, IReadOnlyList<NeedItem> Needs, IReadOnlyList<TimelineEntry> Timeline);
