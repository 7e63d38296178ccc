using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Reads draws, what was found, and who may not check what.</summary>
public sealed class SpotCheckQueries(ReliefDbContext context)
{
    /// <summary>A county's draws of a year, oldest first.</summary>
    public async Task<IReadOnlyList<SpotCheckPlan>> Plans(string countyCode, int year, CancellationToken cancellationToken) =>
        await context.Set<SpotCheckPlan>().Where(row => row.CountyCode == countyCode && row.Year == year).OrderBy(row => row.CreatedAt).ThenBy(row => row.PeriodFrom).ToListAsync(cancellationToken);

    /// <summary>A draw with its strata, what it drew and what was found, or none.</summary>
    public async Task<PlanView?> View(string planId, CancellationToken cancellationToken)
    {
        if (await context.Set<SpotCheckPlan>().FirstOrDefaultAsync(row => row.Id == planId, cancellationToken) is not { } plan)
            return null;
        var items = await Items(planId, cancellationToken);
        var ids = items.Select(item => item.Id).ToList();
        var findings = await context.Set<SpotCheckFinding>().Where(row => ids.Contains(row.ItemId)).ToDictionaryAsync(row => row.ItemId, cancellationToken);
        return new PlanView(plan, await Strata(planId, cancellationToken), [.. items.Select(item => new ItemView(item, findings.GetValueOrDefault(item.Id)))]);
    }

    /// <summary>A draw reckoned again from its seed and its population alone, beside what was drawn; none when there is no such draw.</summary>
    public async Task<DrawProof?> Proof(string planId, CancellationToken cancellationToken)
    {
        if (await context.Set<SpotCheckPlan>().FirstOrDefaultAsync(row => row.Id == planId, cancellationToken) is not { } plan)
            return null;
        var strata = await Strata(planId, cancellationToken);
        var items = await Items(planId, cancellationToken);
        return DrawProof.Of(plan, strata, items);
    }

    /// <summary>A drawn item.</summary>
    public Task<SpotCheckItem> Item(string itemId, CancellationToken cancellationToken) => context.Set<SpotCheckItem>().SingleAsync(row => row.Id == itemId, cancellationToken);

    /// <summary>The record behind an item.</summary>
    public Task<VisitRecord> Record(SpotCheckItem item, CancellationToken cancellationToken) => context.Set<VisitRecord>().SingleAsync(row => row.Id == item.RecordId, cancellationToken);

    /// <summary>Who may not check an item: whoever surveyed, accepted, decided or settled in its case, accepted its record, or is kin of the person (INV-09, E09).</summary>
    public async Task<IReadOnlyList<string>> Excluded(SpotCheckItem item, CancellationToken cancellationToken)
    {
        var record = await Record(item, cancellationToken);
        var caseId = await context.Set<Order>().Where(row => row.Id == item.OrderId).Select(row => row.CaseId).SingleAsync(cancellationToken);
        var scene = await new CaseDesk(context).Open(caseId, cancellationToken);
        var settled = await (from line in context.Set<SettlementLine>()
                             join batch in context.Set<SettlementBatch>() on line.BatchId equals batch.Id
                             where line.OrderId == item.OrderId
                             select new { batch.Clerk, batch.Approver }).Distinct().ToListAsync(cancellationToken);
        var decided = (await new DecisionBook(context).Of(caseId, cancellationToken)).Select(decision => decision.DecidedBy);
        string?[] all = [.. await new ReviewQueries(context).Excluded(scene, cancellationToken), .. decided, record.DecidedBy, record.WorkerId, .. settled.SelectMany(row => new[] { row.Clerk, row.Approver })];
        return [.. all.OfType<string>().Where(one => one != ActivityDeeds.System).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>How many Majors a supplier has had since a moment.</summary>
    public Task<int> Majors(string supplierId, DateTimeOffset since, CancellationToken cancellationToken) =>
        (from finding in context.Set<SpotCheckFinding>()
         join item in context.Set<SpotCheckItem>() on finding.ItemId equals item.Id
         join record in context.Set<VisitRecord>() on item.RecordId equals record.Id
         where record.SupplierId == supplierId && finding.Result == CheckResult.Major && finding.CreatedAt >= since
         select finding.Id).CountAsync(cancellationToken);

    /// <summary>How a county's year stands, or none before it was begun.</summary>
    public Task<SpotCheckYear?> Year(string countyCode, int year, CancellationToken cancellationToken) =>
        context.Set<SpotCheckYear>().FirstOrDefaultAsync(row => row.CountyCode == countyCode && row.Year == year, cancellationToken);

    private async Task<IReadOnlyList<SpotCheckStratum>> Strata(string planId, CancellationToken cancellationToken) =>
        await context.Set<SpotCheckStratum>().Where(row => row.PlanId == planId).OrderBy(row => row.TownshipCode).ThenBy(row => row.SupplierId).ThenBy(row => row.Mode).ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<SpotCheckItem>> Items(string planId, CancellationToken cancellationToken) =>
        await context.Set<SpotCheckItem>().Where(row => row.PlanId == planId).OrderBy(row => row.StratumId).ThenBy(row => row.Rank).ThenBy(row => row.Id).ToListAsync(cancellationToken);
}

/// <summary>A draw as it is looked at.</summary>
public sealed record PlanView(SpotCheckPlan Plan, IReadOnlyList<SpotCheckStratum> Strata, IReadOnlyList<ItemView> Items);

/// <summary>A drawn item with what was found, if anything was yet.</summary>
public sealed record ItemView(SpotCheckItem Item, SpotCheckFinding? Finding);
