namespace Relief.Flow.Activities.Cases;

/// <summary>The answer of the four triage questions.</summary>
public enum Urgency
{
    Normal,
    Urgent,
    LifeAtRisk
}
