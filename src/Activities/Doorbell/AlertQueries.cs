using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Reads alerts for the duty desk and the statistics.</summary>
public sealed class AlertQueries(ReliefDbContext context)
{
    /// <summary>An alert with its rings, its responders and its audit chain; none when there is none.</summary>
    public async Task<AlertView?> Find(string alertId, CancellationToken cancellationToken)
    {
        if (await context.Set<Alert>().FirstOrDefaultAsync(row => row.Id == alertId, cancellationToken) is not { } alert)
            return null;
        var chain = AlertBook.Chain(alertId);
        var entries = await context.Set<AuditEvent>().Where(row => row.Subject == chain).OrderBy(row => row.Sequence)
            .Select(row => new AlertEntry(row.What, row.DoneBy, row.DoneAt, row.Detail)).ToListAsync(cancellationToken);
        return (await Views([alert], cancellationToken))[0] with { Timeline = entries };
    }

    /// <summary>The alerts that nobody has ended yet, the oldest first.</summary>
    public async Task<IReadOnlyList<AlertView>> Open(int most, CancellationToken cancellationToken) =>
        await Views(await context.Set<Alert>().Where(row => row.ResolvedAt == null).OrderBy(row => row.RaisedAt).Take(most).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The latest alerts, the newest first.</summary>
    public async Task<IReadOnlyList<AlertView>> Latest(string? deviceId, int most, CancellationToken cancellationToken) => await Views(
        await context.Set<Alert>().Where(row => deviceId == null || row.DeviceId == deviceId).OrderByDescending(row => row.RaisedAt).Take(most).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>A ring; none when there is none.</summary>
    public Task<AlertNotification?> Ring(string ringId, CancellationToken cancellationToken) =>
        context.Set<AlertNotification>().FirstOrDefaultAsync(row => row.Id == ringId, cancellationToken);

    /// <summary>How fast a county answered the alerts raised in a span; false alarms counted apart.</summary>
    public async Task<AlertFigures> Figures(string county, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var alerts = await context.Set<Alert>().Where(row => row.CountyCode == county && row.RaisedAt >= from && row.RaisedAt < to).ToListAsync(cancellationToken);
        double[] responses = [.. alerts.Where(row => row.AcceptedAt is not null).Select(row => (row.AcceptedAt! - row.RaisedAt).Value.TotalSeconds).Order()];
        double[] arrivals = [.. alerts.Where(row => row.OnSceneAt is not null).Select(row => (row.OnSceneAt! - row.RaisedAt).Value.TotalSeconds).Order()];
        return new AlertFigures(
            alerts.Count, alerts.Count(row => row.Outcome == AlertOutcome.FalseAlarm), alerts.Count(row => row.Outcome is not (null or AlertOutcome.FalseAlarm)),
            alerts.Count(row => row.UnansweredAt is not null), alerts.Sum(row => row.MergedCount),
            new Percentiles(Share(responses, 0.5), Share(responses, 0.9)), new Percentiles(Share(arrivals, 0.5), Share(arrivals, 0.9)));
    }

    // The nearest rank: a value that was really measured.
    private static double? Share(double[] sorted, double share) => sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private async Task<IReadOnlyList<AlertView>> Views(List<Alert> alerts, CancellationToken cancellationToken)
    {
        var ids = alerts.ConvertAll(alert => alert.Id);
        var deviceIds = alerts.Select(alert => alert.DeviceId).Distinct().ToList();
        var devices = await context.Set<DoorbellDevice>().Where(row => deviceIds.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var links = await context.Set<ResponderLink>().Where(row => deviceIds.Contains(row.DeviceId)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var rings = (await context.Set<AlertNotification>().Where(row => ids.Contains(row.AlertId)).ToListAsync(cancellationToken)).ToLookup(row => row.AlertId);
        var responders = (await context.Set<AlertResponder>().Where(row => ids.Contains(row.AlertId)).ToListAsync(cancellationToken)).ToLookup(row => row.AlertId);
        return [.. alerts.Select(alert => View(alert, devices[alert.DeviceId], links, new Around([.. rings[alert.Id]], [.. responders[alert.Id].OrderBy(row => row.AcceptedAt)])))];
    }

    private static AlertView View(Alert alert, DoorbellDevice device, Dictionary<string, ResponderLink> links, Around around)
    {
        var covered = alert.OnSceneAt is not null || AlertBook.Covers(alert, around.Responders);
        var isPending = alert is { SelfCancelledAt: not null, Status: AlertStatus.Raised or AlertStatus.Notifying or AlertStatus.Unanswered };
        return new AlertView(
            alert.Id, device.Id, device.Serial, device.Place, alert.AreaCode, alert.Kind, isPending ? "SelfCancelPending" : alert.Status.ToString(), alert.Tier, alert.RaisedAt,
            alert.ResolvedAt is not null ? null : Next(alert, covered, around.Responders))
        {
            MergedCount = alert.MergedCount, Accepter = alert.AccepterId is { } by ? links[by].Name : null, AcceptedAt = alert.AcceptedAt, OnSceneAt = alert.OnSceneAt,
            SelfCancelledAt = alert.SelfCancelledAt, EmergencyCall = alert.EmergencyCall, EmergencyRef = alert.EmergencyRef, EmergencyAt = alert.EmergencyAt,
            DeclineReason = alert.DeclineReason, UnansweredAt = alert.UnansweredAt, Outcome = alert.Outcome, ResolvedBy = alert.ResolvedBy, ResolvedAt = alert.ResolvedAt,
            ClosedAt = alert.ClosedAt, Storm = alert.Storm, ChildAlone = alert.ChildAlone, Away = device.AwayUntil > alert.RaisedAt, Responders = around.Responders,
            Rings =
            [
                .. around.Rings.OrderBy(row => row.SentAt).ThenBy(row => links[row.LinkId].Tier).ThenBy(row => links[row.LinkId].Ord).ThenBy(row => row.LinkId, StringComparer.Ordinal)
                    .ThenBy(row => Array.IndexOf(RingPlan.AllChannels, row.Channel)).Select(row => new RingView(
                    row.Id, row.LinkId, links.GetValueOrDefault(row.LinkId)?.Name ?? "", row.Target, row.Channel, row.Tier, row.Round, row.SentAt, row.SentBy,
                    row.ReceiptAt, row.ReceiptState, row.Response, row.RespondedAt))
            ]
        };
    }

    private static DateTimeOffset? Next(Alert alert, bool covered, IReadOnlyList<AlertResponder> responders)
    {
        var seconds = LadderSeconds.Read(alert.Seconds);
        if (alert.OnSceneAt is not null)
            return null;
        return covered
            ? responders.First(row => row.IsLead).AcceptedAt.AddSeconds(seconds.Arrival)
            : alert.RaisedAt.AddSeconds(alert.Tier < RingPlan.LastTier ? seconds.EndOf(Math.Max(alert.Tier, 1)) : seconds.Unanswered);
    }

    private sealed record Around(IReadOnlyList<AlertNotification> Rings, IReadOnlyList<AlertResponder> Responders);
}

/// <summary>How fast alerts were answered; true and false alarms apart.</summary>
/// <param name="Response">Seconds from the press to the first acceptance.</param>
/// <param name="Arrival">Seconds from the press to the first arrival.</param>
public sealed record AlertFigures(int Alerts, int FalseAlarms, int TrueAlarms, int Unanswered, int MergedPresses, Percentiles Response, Percentiles Arrival);

/// <summary>Half of them took no longer than the first, nine of ten no longer than the second; none without a measurement.</summary>
public sealed record Percentiles(double? P50, double? P90);
