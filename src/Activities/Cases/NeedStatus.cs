namespace Relief.Flow.Activities.Cases;

/// <summary>What has been decided about a need.</summary>
public enum NeedStatus
{
    Registered,
    Recommended,
    NotRecommended,
    Confirmed,
    Denied,
    Deferred,
    Waiting,
    Ended
}
