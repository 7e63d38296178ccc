namespace Relief.Flow.Activities.People;

/// <summary>Whether a person lives; a reported death pauses, a confirmed one stops everything (README 0.2b).</summary>
public enum LifeStatus
{
    Alive,
    DeathReported,
    Dead
}
