namespace Relief.Flow.Activities.Discoveries;

/// <summary>Which channel an origin stands for, and to which of the three ways it belongs.</summary>
public static class DiscoveryChannels
{
    /// <summary>The channel of an origin, where nobody says otherwise.</summary>
    public static DiscoveryChannel Of(DiscoveryOrigin origin) => origin switch
    {
        DiscoveryOrigin.DataMatch => DiscoveryChannel.Data,
        DiscoveryOrigin.Grid => DiscoveryChannel.Grid,
        DiscoveryOrigin.Visit => DiscoveryChannel.Visit,
        DiscoveryOrigin.Check666 => DiscoveryChannel.Check666,
        DiscoveryOrigin.Hotline => DiscoveryChannel.Hotline,
        DiscoveryOrigin.Request => DiscoveryChannel.Self,
        DiscoveryOrigin.Doorbell => DiscoveryChannel.Doorbell,
        _ => DiscoveryChannel.Community
    };

    /// <summary>The way of a channel.</summary>
    public static DiscoveryWay WayOf(DiscoveryChannel channel) => channel switch
    {
        DiscoveryChannel.ThirdParty => DiscoveryWay.ThirdParty,
        DiscoveryChannel.Data or DiscoveryChannel.Hotline or DiscoveryChannel.Doorbell or DiscoveryChannel.Self => DiscoveryWay.Technology,
        _ => DiscoveryWay.Community
    };
}
