using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>Keeps the policy library: proposed by one person, approved by another, version after version (S22).</summary>
public sealed class PolicyBook(ReliefDbContext context)
{
    /// <summary>Proposes the next version of a policy, once per id.</summary>
    public async Task<PolicyEntry> Propose(string id, PolicyForm form, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"policy:{form.CountyCode}:{form.Code}", cancellationToken);
        if (await context.Set<PolicyEntry>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var versions = await context.Set<PolicyEntry>().CountAsync(row => row.CountyCode == form.CountyCode && row.Code == form.Code, cancellationToken);
        var entry = form.ToEntry(id, versions + 1, deed);
        await context.Insert(entry, cancellationToken);
        await Audit(entry, "PolicyProposed", deed, cancellationToken);
        return entry;
    }

    /// <summary>Decides on a proposal; why it cannot be so, or null. The open version before it ends the day before; any other overlap is refused.</summary>
    public async Task<string?> Decide(string id, bool isApproved, Deed deed, CancellationToken cancellationToken)
    {
        var entry = await context.Set<PolicyEntry>().SingleAsync(row => row.Id == id, cancellationToken);
        await context.LockWord($"policy:{entry.CountyCode}:{entry.Code}", cancellationToken);
        entry = await context.Set<PolicyEntry>().SingleAsync(row => row.Id == id, cancellationToken);
        if (entry.Status != PolicyStatus.Proposed)
            return null;
        if (!isApproved)
            return await Replace(entry with { Status = PolicyStatus.Refused }, "PolicyRefused", deed, cancellationToken);
        if (entry.CreatedBy == deed.By)
            return "SamePerson";
        var rivals = await context.Set<PolicyEntry>()
            .Where(row => row.CountyCode == entry.CountyCode && row.Code == entry.Code && row.Status == PolicyStatus.Approved
                && (entry.ValidTo == null || row.ValidFrom <= entry.ValidTo) && (row.ValidTo == null || row.ValidTo >= entry.ValidFrom))
            .ToListAsync(cancellationToken);
        if (rivals.Exists(row => row.ValidTo is not null || row.ValidFrom >= entry.ValidFrom))
            return "Overlaps";
        foreach (var open in rivals)
            await context.Replace(open with { ValidTo = entry.ValidFrom.AddDays(-1) }, cancellationToken);
        return await Replace(entry with { Status = PolicyStatus.Approved, ApprovedBy = deed.By, ApprovedAt = deed.At }, "PolicyApproved", deed, cancellationToken);
    }

    private async Task<string?> Replace(PolicyEntry entry, string what, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(entry, cancellationToken);
        await Audit(entry, what, deed, cancellationToken);
        return null;
    }

    private Task Audit(PolicyEntry entry, string what, Deed deed, CancellationToken cancellationToken) =>
        context.Audit($"policy:{entry.CountyCode}:{entry.Code}", new AuditDetail(what, new { entry.Version, entry.Class, entry.Document, entry.ValidFrom, entry.ValidTo }), deed, cancellationToken);
}
