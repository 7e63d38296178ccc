using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Reads what a responder's link leads to.</summary>
public sealed class ResponderVisits(ReliefDbContext context)
{
    /// <summary>The ring with its alert and what its receiver has done so far; none when there is none.</summary>
    public async Task<ResponderVisit?> Find(string ringId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.Set<AlertNotification>().FirstOrDefaultAsync(row => row.Id == ringId, cancellationToken) is not { } ring)
            return null;
        var alert = await context.Set<Alert>().SingleAsync(row => row.Id == ring.AlertId, cancellationToken);
        var device = await context.Set<DoorbellDevice>().SingleAsync(row => row.Id == alert.DeviceId, cancellationToken);
        // Only the page that followed the acceptance may act for whoever accepted: another ring of theirs asks again.
        var mine = ring.Channel == "page"
            ? await context.Set<AlertResponder>().FirstOrDefaultAsync(row => row.AlertId == alert.Id && row.LinkId == ring.LinkId && row.ReleasedAt == null, cancellationToken)
            : null;
        return new ResponderVisit(ring, alert, device, mine, now);
    }
}

/// <summary>What a responder's link leads to.</summary>
/// <param name="Mine">What its receiver took on; none before the acceptance.</param>
public sealed record ResponderVisit(AlertNotification Ring, Alert Alert, DoorbellDevice Device, AlertResponder? Mine, DateTimeOffset Now);
