namespace Relief.Flow.Activities.Channels;

/// <summary>A channel as an administrator sets it up.</summary>
/// <param name="Secret">What it signs with from now on; null keeps what it has.</param>
public sealed record ChannelEntry(string Id, string CountyCode, string Name, string Mapping, string? Secret, string? CallbackUrl, bool Active);
