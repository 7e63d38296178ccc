namespace Relief.Flow.Activities.Cases;

/// <summary>The states of a case (workflows.md 3.0.2).</summary>
public enum CaseStatus
{
    Draft,
    Submitted,
    SupplementRequested,
    NotAccepted,
    Accepted,
    Registered,
    Surveying,
    InReview,
    NoticeRunning,
    Confirmed,
    Denied,
    Referring,
    Planned,
    InService,
    Suspended,
    Stopping,
    Closed
}
