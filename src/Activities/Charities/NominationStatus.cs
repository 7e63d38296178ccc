namespace Relief.Flow.Activities.Charities;

/// <summary>How a person stands on a list.</summary>
public enum NominationStatus
{
    Nominated,
    Queued,
    Accepted,
    Declined,
    Delivered,
    Withdrawn
}
