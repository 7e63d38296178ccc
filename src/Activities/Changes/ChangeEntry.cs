namespace Relief.Flow.Activities.Changes;

/// <summary>A change as it is noticed.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Kind">What has changed.</param>
/// <param name="Origin">Where it was noticed, and the report, visit, hit or occurrence.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="SeenOn">The day it is about.</param>
public sealed record ChangeEntry(string PersonId, ChangeKind Kind, (ChangeOrigin Of, string Id) Origin, string Seen, DateOnly SeenOn);
