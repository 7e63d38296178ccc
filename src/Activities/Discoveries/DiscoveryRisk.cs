namespace Relief.Flow.Activities.Discoveries;

/// <summary>How urgent a discovery is: a person at high risk is asked within 24 hours, others within 3 working days (P02 step 2).</summary>
public enum DiscoveryRisk
{
    Normal,
    High
}
