using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Rings a round: one row per person and channel, and the notice that leaves with the same commit.</summary>
internal sealed class RingWriter(ReliefDbContext records, PersonalDataKey key, DoorbellOptions options)
{
    private static readonly AlertStatus[] OnTheWay = [AlertStatus.Accepted, AlertStatus.OnScene];

    /// <summary>Rings everybody of the tiers up to this one who can be rung, and remembers the tier and the round on the alert.</summary>
    /// <returns>The notices; none when nobody of just this tier can be rung, so that the next is due at once.</returns>
    public async Task<IReadOnlyList<Message>> Ring(AlertScene scene, int tier, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var whom = RingPlan.Whom(scene.Links, tier, await Busy(scene, cancellationToken), now);
        var hasOwn = tier >= RingPlan.LastTier || whom.Any(link => link.Tier == tier);
        var round = scene.Alert.Round + 1;
        var rows = hasOwn ? Rows(scene, whom, new Round(tier, round, now)) : [];
        await records.InsertAll(rows, cancellationToken);
        await records.Replace(scene.Alert with
        {
            Status = scene.Alert.Status is AlertStatus.Raised ? AlertStatus.Notifying : scene.Alert.Status,
            Tier = Math.Max(scene.Alert.Tier, tier),
            Round = rows.Count == 0 ? scene.Alert.Round : round,
            PickedUpAt = scene.Alert.PickedUpAt ?? now
        }, cancellationToken);
        return [.. rows.Select(row => RingOf(scene, row))];
    }

    /// <summary>Rings certain people, whatever their tier: key holders before a locked door.</summary>
    public async Task<IReadOnlyList<Message>> RingThese(AlertScene scene, IReadOnlyList<ResponderLink> whom, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var round = scene.Alert.Round + 1;
        var rows = Rows(scene, whom, new Round(scene.Alert.Tier, round, now));
        await records.InsertAll(rows, cancellationToken);
        await records.Replace(scene.Alert with { Round = round }, cancellationToken);
        return [.. rows.Select(row => RingOf(scene, row))];
    }

    /// <summary>What everybody who was rung is told now, but for some.</summary>
    public async Task<IReadOnlyList<Message>> Tell(AlertScene scene, string template, IReadOnlyCollection<string> but, CancellationToken cancellationToken)
    {
        var rung = await records.Set<AlertNotification>().Where(row => row.AlertId == scene.Alert.Id).Select(row => row.LinkId).Distinct().ToListAsync(cancellationToken);
        return
        [
            .. scene.Links.Where(link => rung.Contains(link.Id) && !but.Contains(link.Id)).OrderBy(link => link.Id, StringComparer.Ordinal)
                .Select(link => Message.Of(new Notice(template, "N", link.Channels.FirstOrDefault() ?? "sms", link.UserId, Answer.Json(new { place = scene.Device.Place }))) with { Urgent = true })
        ];
    }

    /// <summary>What the resident hears from the device.</summary>
    public static Message ToResident(AlertScene scene, string template) =>
        Message.Of(new Notice(template, "P", "device", "device:" + scene.Device.Id, Answer.Json(new { serial = scene.Device.Serial }), scene.Device.Language)) with { Urgent = true };

    private static List<AlertNotification> Rows(AlertScene scene, IReadOnlyList<ResponderLink> whom, Round round) =>
    [
        .. from link in whom
           from channel in RingPlan.Channels(link, round.At)
           select new AlertNotification
           {
               Id = InstanceIds.Of($"ring:{scene.Alert.Id}:{round.Number}:{link.Id}:{channel}").ToString("N"),
               AlertId = scene.Alert.Id,
               LinkId = link.Id,
               Target = link.UserId,
               Channel = channel,
               Tier = round.Tier,
               Round = round.Number,
               SentAt = round.At,
               SentBy = "engine",
               ExpiresAt = round.At.AddMinutes(scene.Seconds.Link)
           }
    ];

    private Message RingOf(AlertScene scene, AlertNotification row) => Message.Of(new Notice(
        "doorbell.ring", "N", row.Channel, row.Target,
        Answer.Json(new { place = scene.Device.Place, link = $"{options.PublicUrl}/r/{RingToken.Of(row.Id, key)}" })) { Reference = row.Id }) with { Urgent = true };

    // Who ever led, by the person, and only then whether it still goes on: with both in one statement the database walked all open alerts to learn that none of these people leads any.
    private async Task<HashSet<string>> Busy(AlertScene scene, CancellationToken cancellationToken)
    {
        var users = scene.Links.Select(link => link.UserId).ToList();
        var led = await (
            from link in records.Set<ResponderLink>()
            join lead in records.Set<AlertResponder>() on link.Id equals lead.LinkId
            where users.Contains(link.UserId) && lead.IsLead && lead.AlertId != scene.Alert.Id
            select new { link.UserId, lead.AlertId }).ToListAsync(cancellationToken);
        if (led.Count == 0)
            return [];
        var alerts = led.Select(one => one.AlertId).Distinct().ToList();
        var open = await records.Set<Alert>().Where(row => alerts.Contains(row.Id) && row.ResolvedAt == null && OnTheWay.Contains(row.Status)).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. led.Where(one => open.Contains(one.AlertId)).Select(one => one.UserId)];
    }

    private sealed record Round(int Tier, int Number, DateTimeOffset At);
}
