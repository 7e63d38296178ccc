namespace Relief.Flow.Activities.Requests;

/// <summary>How fast requests were answered, as sums of the requests themselves (INV-29).</summary>
/// <param name="Received">Received, without those that were merged.</param>
/// <param name="Answered">Answered by a human.</param>
/// <param name="InTime">Answered within 24 hours.</param>
/// <param name="Breached">Answered later, or still open after 24 hours.</param>
/// <param name="Share">In time among those answered or breached; null when there is none.</param>
/// <param name="MedianMinutes">Minutes to the answer, the middle one.</param>
/// <param name="P90Minutes">Minutes to the answer, of nine in ten.</param>
public sealed record RequestFigures(int Received, int Answered, int InTime, int Breached, decimal? Share, double? MedianMinutes, double? P90Minutes);
