namespace Relief.Flow.Activities.Discoveries;

/// <summary>A discovery as somebody may see it.</summary>
/// <param name="Result">The class of its outcome, which the discoverer is told too; null while it is open.</param>
/// <param name="Details">All of it, for those who answer for the place.</param>
/// <param name="Contacts">The contact log, for the same, when one discovery is looked at.</param>
public sealed record DiscoveryView(
    string Id, string AreaCode, DiscoveryOrigin Origin, DiscoveryChannel Channel, string OriginId, DiscoveryRisk Risk, DateTimeOffset CreatedAt, DiscoveryStatus Status, DiscoveryClass? Result,
    Discovery? Details, IReadOnlyList<DiscoveryContact>? Contacts)
{
    /// <summary>A discovery, for those who answer for the place or only for who found the person.</summary>
    public static DiscoveryView Of(Discovery found, bool mayKnow, IReadOnlyList<DiscoveryContact>? contacts = null) => new(
        found.Id, found.AreaCode, found.Origin, found.Channel ?? DiscoveryChannels.Of(found.Origin), found.OriginId, found.Risk, found.CreatedAt, found.Status, ClassOf(found),
        mayKnow ? found : null, mayKnow ? contacts : null);

    /// <summary>What the discoverer learns.</summary>
    public static DiscoveryClass? ClassOf(Discovery found) => found switch
    {
        { Status: DiscoveryStatus.Merged } or { Outcome: DiscoveryOutcome.InCase } => DiscoveryClass.Known,
        { Outcome: DiscoveryOutcome.Applied } => DiscoveryClass.Helped,
        { Outcome: DiscoveryOutcome.NotFound } => DiscoveryClass.NotReached,
        { Outcome: not null } => DiscoveryClass.NotHelped,
        _ => null
    };
}
