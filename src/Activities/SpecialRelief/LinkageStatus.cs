namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Where a linkage stands.</summary>
public enum LinkageStatus
{
    Open,
    Ended
}
