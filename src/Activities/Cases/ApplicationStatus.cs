namespace Relief.Flow.Activities.Cases;

/// <summary>How far an application has come (P01).</summary>
public enum ApplicationStatus
{
    Submitted,
    SupplementRequested,
    Accepted,
    NotAccepted,
    Attached,
    Withdrawn
}
