namespace Relief.Flow.Activities.Linkage;

/// <summary>A session as it is reported.</summary>
/// <param name="Date">The day.</param>
/// <param name="Attended">True when the person was there.</param>
/// <param name="Reason">Why not.</param>
public sealed record HeldSession(DateOnly Date, bool Attended, string? Reason);
