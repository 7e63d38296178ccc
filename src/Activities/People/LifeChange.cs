namespace Relief.Flow.Activities.People;

/// <summary>Whether a person's life status changed, and what it is now; no status when the person is unknown.</summary>
public sealed record LifeChange(bool Changed, LifeStatus? Status);
