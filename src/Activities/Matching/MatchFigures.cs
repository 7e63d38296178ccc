namespace Relief.Flow.Activities.Matching;

/// <summary>What came of a run, reckoned from its hits, discoveries and the county's decisions whenever it is asked (INV-29).</summary>
/// <param name="Hits">All hits.</param>
/// <param name="ByWarning">Hits by class.</param>
/// <param name="ByStatus">Hits by what became of them.</param>
/// <param name="BySuppression">Those nobody was troubled with, by why.</param>
/// <param name="Checks">Home checks of classes A and B that were decided.</param>
/// <param name="ConfirmationRate">Confirmed among those; null when there are none.</param>
/// <param name="Discoveries">Confirmed hits of classes A and B.</param>
/// <param name="Included">Discovered persons for whom a case was opened since.</param>
/// <param name="NewEntrants">Persons of the county whose first relief was confirmed in the run's month.</param>
/// <param name="DiscoveryShare">Discoveries among new entrants (LD-023); null when there are none.</param>
/// <param name="Recipients">Persons who received relief when it was compared.</param>
/// <param name="RecheckRatio">Comparisons of recipients that were made among those due, which are one for each recipient and data set of class C (LD-011); null when there are none.</param>
public sealed record MatchFigures(
    int Hits, IReadOnlyDictionary<string, int> ByWarning, IReadOnlyDictionary<string, int> ByStatus, IReadOnlyDictionary<string, int> BySuppression, int Checks, decimal? ConfirmationRate,
    int Discoveries, int Included, int NewEntrants, decimal? DiscoveryShare, int Recipients, decimal? RecheckRatio);
