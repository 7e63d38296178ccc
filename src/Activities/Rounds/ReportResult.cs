namespace Relief.Flow.Activities.Rounds;

/// <summary>What became of a report.</summary>
/// <param name="Report">It, when it was kept.</param>
/// <param name="Fault">Why it was not.</param>
/// <param name="Leads">Whether something follows from it: then its procedure begins.</param>
public sealed record ReportResult(HomeReport? Report, VisitFault? Fault, bool Leads);
