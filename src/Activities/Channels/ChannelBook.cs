using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Channels;

/// <summary>Keeps the channels, their secrets and the nonces of what they sent.</summary>
public sealed class ChannelBook(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>How long a nonce is kept: far longer than a message may be old.</summary>
    private static readonly TimeSpan NonceKept = TimeSpan.FromDays(2);

    /// <summary>Who does what a channel sends.</summary>
    public static string DoerOf(string channelId) => "channel:" + channelId;

    /// <summary>A channel, or none.</summary>
    public Task<Channel?> Find(string id, CancellationToken cancellationToken) => context.Set<Channel>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Every channel, by name.</summary>
    public async Task<IReadOnlyList<Channel>> All(CancellationToken cancellationToken) => await context.Set<Channel>().OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What a channel signs with.</summary>
    public string SecretOf(Channel channel) => key.Open(channel.SecretSealed);

    /// <summary>Sets a channel up, or changes it.</summary>
    public async Task<Channel> Set(ChannelEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("channel:" + entry.Id, cancellationToken);
        var known = await Find(entry.Id, cancellationToken);
        var channel = new Channel
        {
            Id = entry.Id, CountyCode = entry.CountyCode, CreatedAt = known?.CreatedAt ?? deed.At, CreatedBy = known?.CreatedBy ?? deed.By, Name = entry.Name, Mapping = entry.Mapping,
            SecretSealed = entry.Secret is { } secret ? key.SealText(secret) : known?.SecretSealed ?? throw new ArgumentException("A new channel has a secret.", nameof(entry)),
            CallbackUrl = entry.CallbackUrl, Active = entry.Active
        };
        if (known is null)
            await context.Insert(channel, cancellationToken);
        else
            await context.Replace(channel, cancellationToken);
        await context.Audit(DoerOf(channel.Id), new AuditDetail("ChannelSet", new { channel.Name, channel.Mapping, channel.Active, newSecret = entry.Secret is not null }), deed, cancellationToken);
        return channel;
    }

    /// <summary>Takes a nonce once; false when it was taken before.</summary>
    public async Task<bool> Takes(string channelId, string nonce, DateTimeOffset sentAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = $"{channelId}:{nonce}";
        await context.LockWord("nonce:" + id, cancellationToken);
        if (await context.Set<ChannelNonce>().AnyAsync(row => row.Id == id, cancellationToken))
            return false;
        await context.Insert(new ChannelNonce { Id = id, ChannelId = channelId, SentAt = sentAt, ReceivedAt = now }, cancellationToken);
        return true;
    }

    /// <summary>Forgets nonces that are older than any message that would still be taken.</summary>
    public Task<int> Sweep(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - NonceKept;
        return context.Set<ChannelNonce>().Where(row => row.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
