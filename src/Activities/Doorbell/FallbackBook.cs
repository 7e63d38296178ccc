using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>What the fallback notifier reads and writes, on a connection of its own: the engine's heartbeat, open alerts, who is rung, its own rings. Nothing else.</summary>
public sealed class FallbackBook(ReliefDatabase database, StorageKind kind)
{
    private static readonly int[] Tiers = [1, 3];

    /// <summary>How long every engine has been silent, by the database's clock; none when none was ever there.</summary>
    public async Task<TimeSpan?> Silence(DateTimeOffset realNow, CancellationToken cancellationToken)
    {
        await using var db = database.Reading();
        if (kind == StorageKind.PostgreSql)
        {
            var seconds = await db.Database.SqlQueryRaw<double?>("select extract(epoch from statement_timestamp() - max(beat_at))::float8 as \"Value\" from flow.node").SingleAsync(cancellationToken);
            return seconds is { } silent ? TimeSpan.FromSeconds(silent) : null;
        }

        var beat = await db.Database.SqlQueryRaw<long?>("select max(beat_at) as \"Value\" from node").SingleAsync(cancellationToken);
        return beat is { } at ? realNow - DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>Business time: the real one unless it was set by hand.</summary>
    public async Task<DateTimeOffset> Now(DateTimeOffset realNow, CancellationToken cancellationToken)
    {
        await using var db = database.Reading();
        if (kind == StorageKind.PostgreSql)
            return await db.Database.SqlQueryRaw<DateTimeOffset?>("select manual_now as \"Value\" from flow.clock").SingleAsync(cancellationToken) ?? realNow;
        return await db.Database.SqlQueryRaw<long?>("select manual_now as \"Value\" from clock").SingleAsync(cancellationToken) is { } manual
            ? DateTimeOffset.FromUnixTimeMilliseconds(manual)
            : realNow;
    }

    /// <summary>The rings that are due now: tiers 1 and 3 of every open alert that nobody leads.</summary>
    /// <param name="now">Business time.</param>
    /// <param name="pickedUpBefore">With the engine alive, only alerts that were raised before this and never picked up; null when the engine is silent.</param>
    /// <param name="rungBefore">Alerts that were rung from here later than this are left alone.</param>
    public async Task<IReadOnlyList<FallbackRing>> Due(DateTimeOffset now, DateTimeOffset? pickedUpBefore, DateTimeOffset rungBefore, CancellationToken cancellationToken)
    {
        await using var db = database.Reading();
        var alerts = await db.Set<Alert>()
            .Where(row => row.ResolvedAt == null && row.AccepterId == null && (row.FallbackAt == null || row.FallbackAt <= rungBefore)
                && (pickedUpBefore == null || (row.PickedUpAt == null && row.RaisedAt <= pickedUpBefore)))
            .OrderBy(row => row.RaisedAt).Take(1000).ToListAsync(cancellationToken);
        var deviceIds = alerts.Select(alert => alert.DeviceId).Distinct().ToList();
        var devices = await db.Set<DoorbellDevice>().Where(row => deviceIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var links = (await db.Set<ResponderLink>().Where(row => deviceIds.Contains(row.DeviceId) && row.Active && Tiers.Contains(row.Tier)).ToListAsync(cancellationToken)).ToLookup(row => row.DeviceId);
        return
        [
            .. from alert in alerts
               from link in links[alert.DeviceId].OrderBy(link => link.Tier).ThenBy(link => link.Ord)
               from channel in RingPlan.Channels(link, now)
               select new FallbackRing(alert, devices[alert.DeviceId].Place, RowOf(alert, link, channel, now))
        ];
    }

    /// <summary>Keeps what was rung; a ring that is kept already stays as it is.</summary>
    public async Task Keep(IReadOnlyList<AlertNotification> rung, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Reading();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = rung.Select(row => row.Id).ToList();
        var known = await db.Set<AlertNotification>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        await db.InsertAll([.. rung.Where(row => !known.Contains(row.Id))], cancellationToken);
        var alertIds = rung.Select(row => row.AlertId).Distinct().ToList();
        await db.Set<Alert>().Where(row => alertIds.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.FallbackAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static AlertNotification RowOf(Alert alert, ResponderLink link, string channel, DateTimeOffset now) => new()
    {
        Id = InstanceIds.Of($"fallback:{alert.Id}:{now.ToUnixTimeMilliseconds()}:{link.Id}:{channel}").ToString("N"),
        AlertId = alert.Id,
        LinkId = link.Id,
        Target = link.UserId,
        Channel = channel,
        Tier = link.Tier,
        Round = alert.Round,
        SentAt = now,
        SentBy = "notifier",
        ExpiresAt = now.AddMinutes(LadderSeconds.Read(alert.Seconds).Link)
    };
}

/// <summary>A ring that the fallback notifier is to make.</summary>
public sealed record FallbackRing(Alert Alert, string Place, AlertNotification Row);
