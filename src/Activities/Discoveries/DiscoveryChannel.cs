namespace Relief.Flow.Activities.Discoveries;

/// <summary>By which channel somebody was found (S24).</summary>
public enum DiscoveryChannel
{
    Community,
    ThirdParty,
    Data,
    Grid,
    Visit,
    Hotline,
    Doorbell,
    Self,
    Check666,
    HelpDay
}
