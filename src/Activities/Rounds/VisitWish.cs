namespace Relief.Flow.Activities.Rounds;

/// <summary>Which visits are wanted; all unless something is named.</summary>
/// <param name="Worker">Whose cell the village lies in today.</param>
/// <param name="After">The last visit of the page before.</param>
public sealed record VisitWish(string? RoundId, string? AreaCode, string? PersonId, string? Worker, HomeVisitStatus? Status, string? After, int Take);
