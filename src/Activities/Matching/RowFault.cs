namespace Relief.Flow.Activities.Matching;

/// <summary>Where and why a row cannot be taken.</summary>
/// <param name="Line">The line of the file, its heading being 1.</param>
/// <param name="Field">The column by its name here; <c>row</c> when it is about the whole.</param>
/// <param name="Reason">A stable code (<see cref="MatchRefusal.Reason"/>).</param>
public sealed record RowFault(int Line, string Field, string Reason);
