namespace Relief.Flow.Activities.Rounds;

/// <summary>How a unit keeps to its visits, reckoned from the visits themselves (P18 step 4, INV-29).</summary>
/// <param name="Unit">The village, or the township for the street's duty.</param>
/// <param name="Required">Visits that are owed: without those of families who are away for long or no longer there.</param>
/// <param name="Visited">Done, or refused at the door.</param>
/// <param name="Open">Still to be made.</param>
/// <param name="Missed">Not made in time.</param>
/// <param name="Flagged">Visited by reports that look wrong.</param>
/// <param name="Compliance">Visited of required, to four places; none where nothing is owed.</param>
public sealed record UnitCompliance(string Unit, int Required, int Visited, int Open, int Missed, int Flagged, decimal? Compliance);
