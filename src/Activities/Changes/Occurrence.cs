namespace Relief.Flow.Activities.Changes;

/// <summary>Something that the calendar brings for a person, once.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">What tells it from others: it leads to one change.</param>
/// <param name="On">The day it is about.</param>
/// <param name="Seen">In words.</param>
public sealed record Occurrence(string PersonId, ChangeKind Kind, string Id, DateOnly On, string Seen)
{
    /// <summary>By which it is ordered.</summary>
    public string Key => $"{PersonId} {Id}";
}
