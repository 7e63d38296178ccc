namespace Relief.Flow.Activities.Discoveries;

/// <summary>By which way somebody was found (P02).</summary>
public enum DiscoveryOrigin
{
    DataMatch,
    Grid,
    Visit,
    Check666,
    Hotline,
    Request,
    Doorbell,
    Report
}
