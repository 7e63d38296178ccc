using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Discoveries;

/// <summary>Keeps discoveries (P02). Whoever registers one starts its procedure by <see cref="StartOf"/>.</summary>
public sealed class DiscoveryBook(ReliefDbContext context)
{
    /// <summary>The start of a discovery's procedure; however often it is sent, there is one.</summary>
    public static ChildStart StartOf(Discovery found)
    {
        var key = Discovery.Chain(found.Id);
        return new ChildStart(InstanceIds.Of(key), "procedure.discovery", Answer.Json(new { discoveryId = found.Id }), key, key, found.PersonId is { } person ? "person:" + person : null);
    }

    /// <summary>Keeps a discovery once per origin: the second of a hit, visit or ticket is the first. Of somebody with an open one it is merged into that (E07).</summary>
    public async Task<Discovery> Register(Discovery found, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"discovery:{found.Origin}:{found.OriginId}", cancellationToken);
        if (await context.Set<Discovery>().FirstOrDefaultAsync(row => row.Origin == found.Origin && row.OriginId == found.OriginId, cancellationToken) is { } known)
            return known;
        var person = found.PersonId ?? (await context.Set<Person>().AnyAsync(row => row.Id == found.PersonRef && row.CountyCode == found.CountyCode, cancellationToken) ? found.PersonRef : null);
        await context.LockWord($"discovered:{found.CountyCode}:{person ?? found.PersonRef}", cancellationToken);
        var open = await context.Set<Discovery>().FirstOrDefaultAsync(
            row => row.CountyCode == found.CountyCode && row.Status == DiscoveryStatus.Open
                && (person != null ? row.PersonId == person : row.PersonId == null && row.PersonRef == found.PersonRef && row.AreaCode == found.AreaCode), cancellationToken);
        var kept = found with
        {
            PersonId = person,
            Channel = found.Channel ?? DiscoveryChannels.Of(found.Origin),
            Status = open is null ? DiscoveryStatus.Open : DiscoveryStatus.Merged,
            MergedInto = open?.Id,
            DueAt = (await new Deadlines(context).Of("discovery.total", found.AreaCode, deed.At, cancellationToken)).Due
        };
        await context.Insert(kept, cancellationToken);
        await Audit(kept, "DiscoveryRegistered", new { kept.Origin, kept.OriginId, kept.Risk, kept.Channel, kept.MergedInto }, deed, cancellationToken);
        return kept;
    }

    /// <summary>Notes attempts to speak with the person; the first that reached them is when they were contacted.</summary>
    public async Task Contacted(string id, string result, (IReadOnlyList<DateTimeOffset> At, string? Reason) tried, Deed deed, CancellationToken cancellationToken)
    {
        var hasSpoken = result is not ("NotFound" or "Found");
        var found = await Change(id, row => row with
        {
            ContactedAt = row.ContactedAt ?? (hasSpoken ? deed.At : null), ContactedBy = row.ContactedBy ?? (hasSpoken ? deed.By : null), Reason = tried.Reason ?? row.Reason
        }, cancellationToken);
        await context.InsertAll([.. tried.At.Select((at, number) => new DiscoveryContact
        {
            Id = $"{deed.Key}-{number}", CountyCode = found.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = found.AreaCode, DiscoveryId = id, TriedAt = at, Result = result
        })], cancellationToken);
        await Audit(found, "PersonContacted", new { result, tried.Reason, attempts = tried.At.Count }, deed, cancellationToken);
    }

    /// <summary>Notes who speaks for the person.</summary>
    public async Task Guarded(string id, string guardianRef, Deed deed, CancellationToken cancellationToken) =>
        await Audit(await Change(id, row => row with { GuardianRef = guardianRef }, cancellationToken), "GuardianFound", null, deed, cancellationToken);

    /// <summary>Notes the help on behalf that was called.</summary>
    public async Task Helped(string id, string mandateId, Deed deed, CancellationToken cancellationToken) =>
        await Audit(await Change(id, row => row with { MandateId = mandateId }, cancellationToken), "AgentCalled", new { mandateId }, deed, cancellationToken);

    /// <summary>An application came of it; the first stays.</summary>
    public async Task Apply(string id, string applicationId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Discovery>(id, cancellationToken);
        var found = await new DiscoveryQueries(context).Get(id, cancellationToken);
        if (found.Status != DiscoveryStatus.Open || found.ApplicationId is not null)
            return;
        await context.Replace(found with { ApplicationId = applicationId }, cancellationToken);
        await Audit(found, "DiscoveryApplied", new { applicationId }, deed, cancellationToken);
    }

    /// <summary>Closes it with what came of it; one that is closed stays as it is.</summary>
    public async Task<Discovery> Close(string id, DiscoveryOutcome outcome, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Discovery>(id, cancellationToken);
        var found = await new DiscoveryQueries(context).Get(id, cancellationToken);
        if (found.Status == DiscoveryStatus.Closed)
            return found;
        var closed = found with { Status = DiscoveryStatus.Closed, Outcome = outcome, ClosedAt = deed.At, ClosedBy = deed.By };
        await context.Replace(closed, cancellationToken);
        await Audit(closed, "DiscoveryClosed", new { outcome, overdue = deed.At > closed.DueAt }, deed, cancellationToken);
        return closed;
    }

    private async Task<Discovery> Change(string id, Func<Discovery, Discovery> change, CancellationToken cancellationToken)
    {
        await context.Lock<Discovery>(id, cancellationToken);
        var changed = change(await new DiscoveryQueries(context).Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        return changed;
    }

    private Task Audit(Discovery found, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(Discovery.Chain(found.Id), new AuditDetail(what, detail), deed, cancellationToken);
}
