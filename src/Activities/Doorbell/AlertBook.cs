using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>What people do with an alert. Each deed locks its row first, so the first accept wins whichever node it came to (INV-21).</summary>
public sealed class AlertBook(ReliefDbContext context)
{
    /// <summary>The audit chain of an alert.</summary>
    public static string Chain(string alertId) => "alert:" + alertId;

    /// <summary>The event that tells the alert's procedure to look again.</summary>
    public static string Changed(string alertId) => "alert:" + alertId;

    /// <summary>Somebody takes the alert. The first leads; a late lead passes on; a child alone takes a second who is not vetted.</summary>
    public async Task<AlertAnswer> Accept(string alertId, string linkId, string via, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(alertId, cancellationToken) is not { } alert)
            return AlertAnswer.Unknown;
        if (alert.ResolvedAt is not null)
            return AlertAnswer.Ended;
        if (await context.Set<ResponderLink>().FirstOrDefaultAsync(row => row.Id == linkId && row.DeviceId == alert.DeviceId && row.Active, cancellationToken) is not { } link)
            return AlertAnswer.NotRung;
        var all = await Responders(alertId, cancellationToken);
        if (all.Find(row => row.LinkId == linkId && row.ReleasedAt is null) is not null)
            return AlertAnswer.Already;
        var lead = all.Find(row => row.IsLead);
        var leads = lead is null || (lead.LateAt is not null && lead.OnSceneAt is null);
        if (!leads && (!alert.ChildAlone || Covers(alert, all)))
            return AlertAnswer.Taken;
        if (leads && lead is not null)
            await context.Replace(lead with { IsLead = false }, cancellationToken);
        await context.Insert(new AlertResponder { Id = deed.NewId(), AlertId = alertId, LinkId = linkId, AcceptedAt = deed.At, IsLead = leads, Vetted = link.Vetted }, cancellationToken);
        var changed = alert with
        {
            AcceptedAt = alert.AcceptedAt ?? deed.At,
            AccepterId = leads ? linkId : alert.AccepterId,
            Status = alert.OnSceneAt is null ? AlertStatus.Accepted : alert.Status
        };
        await context.Replace(changed, cancellationToken);
        await context.Audit(Chain(alertId), new AuditDetail("AlertAccepted", new { linkId, via, leads }), deed, cancellationToken);
        return leads ? AlertAnswer.Done : AlertAnswer.Second;
    }

    /// <summary>Somebody who took it is there.</summary>
    public async Task<AlertAnswer> Arrive(string alertId, string linkId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Theirs(alertId, linkId, cancellationToken) is not ({ } alert, { } mine))
            return await Why(alertId, cancellationToken);
        if (mine.OnSceneAt is not null)
            return AlertAnswer.Already;
        await context.Replace(mine with { OnSceneAt = deed.At }, cancellationToken);
        await context.Replace(alert with { OnSceneAt = alert.OnSceneAt ?? deed.At, Status = AlertStatus.OnScene }, cancellationToken);
        await context.Audit(Chain(alertId), new AuditDetail("ResponderArrived", new { linkId }), deed, cancellationToken);
        return AlertAnswer.Done;
    }

    /// <summary>Somebody who took it cannot come after all: it is rung again at once.</summary>
    public async Task<AlertAnswer> Release(string alertId, string linkId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Theirs(alertId, linkId, cancellationToken) is not ({ } alert, { } mine))
            return await Why(alertId, cancellationToken);
        await context.Replace(mine with { ReleasedAt = deed.At, IsLead = false }, cancellationToken);
        var left = (await Responders(alertId, cancellationToken)).Where(row => row.ReleasedAt is null).OrderBy(row => row.AcceptedAt).FirstOrDefault();
        if (left is { IsLead: false } && mine.IsLead)
            await context.Replace(left with { IsLead = true }, cancellationToken);
        await context.Replace(alert with
        {
            AccepterId = left?.LinkId,
            Status = left is null && alert.Status != AlertStatus.Unanswered ? AlertStatus.Notifying : alert.Status
        }, cancellationToken);
        await context.Audit(Chain(alertId), new AuditDetail("AlertReleased", new { linkId }), deed, cancellationToken);
        return AlertAnswer.Done;
    }

    /// <summary>The way takes too long: rung on at the next tier, and whoever accepted is kept.</summary>
    public async Task MarkLate(string alertId, Deed deed, CancellationToken cancellationToken)
    {
        var alert = (await Locked(alertId, cancellationToken))!;
        if ((await Responders(alertId, cancellationToken)).Find(row => row is { IsLead: true, LateAt: null }) is not { } lead)
            return;
        await context.Replace(lead with { LateAt = deed.At }, cancellationToken);
        await context.Replace(alert with { Status = AlertStatus.Notifying }, cancellationToken);
        await context.Audit(Chain(alertId), new AuditDetail("ResponderLate", new { linkId = lead.LinkId }), deed, cancellationToken);
    }

    /// <summary>Whether somebody is on the way who need not be helped out: the ladder's timers stand still.</summary>
    internal static bool Covers(Alert alert, IReadOnlyCollection<AlertResponder> responders)
    {
        AlertResponder[] coming = [.. responders.Where(row => row.ReleasedAt is null && (row.LateAt is null || row.OnSceneAt is not null))];
        return coming.Any(row => row.IsLead) && (!alert.ChildAlone || coming.Any(row => row.Vetted) || coming.Length > 1);
    }

    /// <summary>Everybody who ever took it, in order.</summary>
    internal Task<List<AlertResponder>> Responders(string alertId, CancellationToken cancellationToken) =>
        context.Set<AlertResponder>().Where(row => row.AlertId == alertId).OrderBy(row => row.AcceptedAt).ToListAsync(cancellationToken);

    /// <summary>The alert, locked until the transaction ends; none when there is none.</summary>
    internal Task<Alert?> Locked(string alertId, CancellationToken cancellationToken) => context.Locked<Alert>(alertId).SingleOrDefaultAsync(cancellationToken);

    private async Task<(Alert? Alert, AlertResponder? Mine)> Theirs(string alertId, string linkId, CancellationToken cancellationToken)
    {
        var alert = await Locked(alertId, cancellationToken);
        var mine = alert is { ResolvedAt: null } ? (await Responders(alertId, cancellationToken)).Find(row => row.LinkId == linkId && row.ReleasedAt is null) : null;
        return (alert, mine);
    }

    private async Task<AlertAnswer> Why(string alertId, CancellationToken cancellationToken) =>
        await context.Set<Alert>().FirstOrDefaultAsync(row => row.Id == alertId, cancellationToken) switch
        {
            null => AlertAnswer.Unknown,
            { ResolvedAt: not null } => AlertAnswer.Ended,
            _ => AlertAnswer.NotYours
        };
}
