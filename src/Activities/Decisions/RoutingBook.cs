using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Keeps the versions of a county's routing table: proposed by one person, approved by another; no two hold on one day (INV-27).</summary>
public sealed class RoutingBook(ReliefDbContext context)
{
    /// <summary>Keeps a proposal as the county's next version; the rows have been looked through by <see cref="RoutingRules"/>.</summary>
    public async Task<RoutingVersion> Propose(string countyCode, RoutingChange change, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord(Chain(countyCode), cancellationToken);
        var latest = await context.Set<RoutingVersion>().Where(row => row.CountyCode == countyCode).MaxAsync(row => (int?)row.Version, cancellationToken) ?? 0;
        var proposed = new RoutingVersion
        {
            Id = deed.NewId(), CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Version = latest + 1, Otherwise = change.Otherwise,
            Rows = JsonSerializer.Serialize(change.Rows, JsonSerializerOptions.Web), ValidFrom = change.ValidFrom, Basis = change.Basis, Status = RoutingStatus.Proposed
        };
        await context.Insert(proposed, cancellationToken);
        await context.Audit(Chain(countyCode), new AuditDetail("RoutingProposed", new { proposed.Id, proposed.Version, proposed.ValidFrom, proposed.Basis, rows = change.Rows.Count }), deed, cancellationToken);
        return proposed;
    }

    /// <summary>Approves or refuses a proposal; what holds before it ends the day before.</summary>
    /// <returns>Null when it is done; else <c>unknown</c>, <c>decided</c>, <c>samePerson</c>, or <c>laterVersion</c> when one from that day or a later one on holds already.</returns>
    public async Task<string?> Decide(string id, bool approved, string? reason, Deed deed, CancellationToken cancellationToken)
    {
        var queries = new RoutingQueries(context);
        if (await queries.Find(id, cancellationToken) is not { } found)
            return "unknown";
        await context.LockWord(Chain(found.CountyCode), cancellationToken);
        var proposed = (await queries.Find(id, cancellationToken))!;
        if (proposed.Status != RoutingStatus.Proposed)
            return "decided";
        if (proposed.CreatedBy == deed.By)
            return "samePerson";
        var holding = approved ? await Open(proposed.CountyCode, cancellationToken) : null;
        if (holding?.ValidFrom >= proposed.ValidFrom)
            return "laterVersion";

        if (holding is not null)
            await context.Replace(holding with { ValidTo = proposed.ValidFrom.AddDays(-1) }, cancellationToken);
        var status = approved ? RoutingStatus.Approved : RoutingStatus.Refused;
        await context.Replace(proposed with { Status = status, DecidedBy = deed.By, DecidedAt = deed.At, Reason = reason }, cancellationToken);
        await context.Audit(Chain(proposed.CountyCode), new AuditDetail("Routing" + status, new { id, proposed.Version, reason }), deed, cancellationToken);
        return null;
    }

    private static string Chain(string countyCode) => "routing:" + countyCode;

    private Task<RoutingVersion?> Open(string countyCode, CancellationToken cancellationToken) => context.Set<RoutingVersion>()
        .FirstOrDefaultAsync(row => row.CountyCode == countyCode && row.Status == RoutingStatus.Approved && row.ValidTo == null, cancellationToken);
}

/// <summary>A routing table as it is proposed.</summary>
/// <param name="ValidFrom">The first day on which it is to hold.</param>
/// <param name="Basis">The document that it rests on.</param>
public sealed record RoutingChange(string Otherwise, IReadOnlyList<RoutingRow> Rows, DateOnly ValidFrom, string Basis);
