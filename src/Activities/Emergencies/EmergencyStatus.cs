namespace Relief.Flow.Activities.Emergencies;

/// <summary>Whether an emergency still waits for something; one that is served is open until it is regularised.</summary>
public enum EmergencyStatus
{
    Open,
    Ended
}
