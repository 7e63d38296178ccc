namespace Relief.Flow.Activities.RedVest;

/// <summary>How much is at risk.</summary>
public enum TeamRisk
{
    Low,
    Medium,
    High,
    Danger
}
