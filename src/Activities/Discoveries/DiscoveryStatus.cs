namespace Relief.Flow.Activities.Discoveries;

/// <summary>Where a discovery stands.</summary>
public enum DiscoveryStatus
{
    Open,
    Merged,
    Closed
}
