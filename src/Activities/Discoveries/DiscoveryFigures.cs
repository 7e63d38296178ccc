namespace Relief.Flow.Activities.Discoveries;

/// <summary>What discoveries came to in a period, as sums of discoveries and cases (INV-29; FA-021, PL-022, LD-023).</summary>
/// <param name="Cases">Cases opened in the period.</param>
/// <param name="FromDiscovery">Those whose application came of a discovery.</param>
/// <param name="Share">Their share; null when there is none.</param>
/// <param name="CasesByChannel">Those cases by channel (S24).</param>
/// <param name="CasesByWay">Those cases by the three channels of the 335 method.</param>
/// <param name="Discoveries">Discoveries registered in the period, without those that were merged.</param>
/// <param name="ByOutcome">Those by what came of them; the open ones as Open.</param>
/// <param name="Overdue">Those that were not closed in time.</param>
/// <param name="MedianHoursToContact">Hours to the first contact, the middle one; null when nobody was spoken with.</param>
public sealed record DiscoveryFigures(
    int Cases, int FromDiscovery, decimal? Share, IReadOnlyDictionary<string, int> CasesByChannel, IReadOnlyDictionary<string, int> CasesByWay,
    int Discoveries, IReadOnlyDictionary<string, int> ByOutcome, int Overdue, decimal? MedianHoursToContact);
