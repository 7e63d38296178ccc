using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Agents;

/// <summary>Help on behalf of a person with everything that was done for them.</summary>
/// <param name="Mandate">The mandate.</param>
/// <param name="Errands">The errands in their order.</param>
/// <param name="Links">The links by which papers came in, oldest first.</param>
/// <param name="Timeline">Who did what, oldest first.</param>
public sealed record MandateView(HelpMandate Mandate, IReadOnlyList<HelpErrand> Errands, IReadOnlyList<PaperLink> Links, IReadOnlyList<TimelineEntry> Timeline);
