namespace Relief.Flow.Activities.Agents;

/// <summary>How help on behalf of a person stands.</summary>
public enum MandateStatus
{
    Asked,
    Assigned,
    Given,
    Ended
}
