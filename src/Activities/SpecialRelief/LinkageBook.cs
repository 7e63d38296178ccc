using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Keeps linkages: who has them, how long and with what answer (P28).</summary>
public sealed class LinkageBook(ReliefDbContext context)
{
    /// <summary>A linkage that must be there.</summary>
    public async Task<ReliefLinkage> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no linkage {id}.");

    /// <summary>A linkage, or none.</summary>
    public Task<ReliefLinkage?> Find(string id, CancellationToken cancellationToken) => context.Set<ReliefLinkage>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The open linkages of a person, by id.</summary>
    public async Task<IReadOnlyList<ReliefLinkage>> OpenOf(string personId, CancellationToken cancellationToken) =>
        await context.Set<ReliefLinkage>().Where(row => row.PersonId == personId && row.Status == LinkageStatus.Open).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's linkages, newest first; only the open ones when asked.</summary>
    public async Task<IReadOnlyList<ReliefLinkage>> Of(string countyCode, bool openOnly, CancellationToken cancellationToken) =>
        await context.Set<ReliefLinkage>().Where(row => row.CountyCode == countyCode && (!openOnly || row.Status == LinkageStatus.Open)).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Opens a linkage once per origin; the open one of the same person and need stands for another. True when it is the one that was asked for.</summary>
    public async Task<bool> Open(ReliefLinkage linkage, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"linkage-of:{linkage.PersonId}:{linkage.Need}", cancellationToken);
        if (await context.Set<ReliefLinkage>().AnyAsync(row => row.Id == linkage.Id, cancellationToken))
            return true;
        if (await context.Set<ReliefLinkage>().AnyAsync(
                row => (row.Origin == linkage.Origin && row.OriginId == linkage.OriginId) || (row.PersonId == linkage.PersonId && row.Need == linkage.Need && row.Status == LinkageStatus.Open), cancellationToken))
            return false;
        await context.Insert(linkage, cancellationToken);
        await Audit(linkage.Id, "LinkageOpened", new { linkage.Need, linkage.Origin, linkage.OriginId }, deed, cancellationToken);
        return true;
    }

    /// <summary>Changes a linkage and says so in its trail.</summary>
    public async Task<ReliefLinkage> Change(string id, (string What, object? Detail) said, Func<ReliefLinkage, ReliefLinkage> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<ReliefLinkage>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Audit(id, said.What, said.Detail, deed, cancellationToken);
        return changed;
    }

    /// <summary>Sends it to its department, once per key.</summary>
    public async Task Refer(ReliefLinkage linkage, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<LinkageReferral>().AnyAsync(row => row.Id == deed.Key, cancellationToken))
            return;
        var rounds = await context.Set<LinkageReferral>().CountAsync(row => row.LinkageId == linkage.Id, cancellationToken);
        await context.Insert(new LinkageReferral
        {
            Id = deed.Key, CountyCode = linkage.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, LinkageId = linkage.Id, Round = rounds + 1, UnitCode = linkage.UnitCode!, PolicyId = linkage.PolicyId
        }, cancellationToken);
        await Audit(linkage.Id, "LinkageReferred", new { linkage.UnitCode, linkage.PolicyId, linkage.IsBinding }, deed, cancellationToken);
    }

    /// <summary>Keeps a department's answer at its referral.</summary>
    public async Task Answered(string id, (string Answer, string? Reason) said, Deed deed, CancellationToken cancellationToken)
    {
        var last = (await Referrals(id, cancellationToken))[^1];
        await context.Replace(last with { Answer = said.Answer, Reason = said.Reason, AnsweredAt = deed.At, AnsweredBy = deed.By }, cancellationToken);
        await Audit(id, "Linkage" + said.Answer, new { last.UnitCode, said.Reason }, deed, cancellationToken);
    }

    /// <summary>The departments that had it, the first first.</summary>
    public async Task<IReadOnlyList<LinkageReferral>> Referrals(string id, CancellationToken cancellationToken) =>
        await context.Set<LinkageReferral>().Where(row => row.LinkageId == id).OrderBy(row => row.Round).ToListAsync(cancellationToken);

    /// <summary>Keeps what the person got, once per source.</summary>
    public async Task Give(PersonMeasure measure, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<PersonMeasure>().AnyAsync(row => row.Source == measure.Source && row.SourceId == measure.SourceId, cancellationToken))
            return;
        await context.Insert(measure, cancellationToken);
        await Audit(measure.SourceId, "MeasureGiven", new { measure.UnitCode, measure.What, measure.Amount, measure.GivenOn }, deed, cancellationToken);
    }

    /// <summary>Ends it; one that has ended stays so.</summary>
    public async Task<ReliefLinkage> End(string id, LinkageOutcome outcome, Deed deed, CancellationToken cancellationToken) =>
        await Get(id, cancellationToken) is { Status: LinkageStatus.Ended } ended ? ended
            : await Change(id, ("LinkageEnded", new { outcome }), row => row with { Status = LinkageStatus.Ended, Outcome = outcome, EndedAt = deed.At }, deed, cancellationToken);

    private Task Audit(string id, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(ReliefLinkage.Chain(id), new AuditDetail(what, detail), deed, cancellationToken);
}
