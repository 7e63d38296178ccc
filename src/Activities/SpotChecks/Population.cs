using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Reads the services of a county's period with what was checked of them. A voided record is no service (X03).</summary>
internal sealed class Population(ReliefDbContext context)
{
    /// <summary>Every service whose day lies in the period, by id.</summary>
    public async Task<IReadOnlyList<CountedRecord>> Of(string countyCode, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var rows = await (from record in context.Set<VisitRecord>()
                          join order in context.Set<Order>() on record.OrderId equals order.Id
                          join parent in context.Set<Case>() on order.CaseId equals parent.Id
                          where record.CountyCode == countyCode && record.ServiceDate >= first && record.ServiceDate <= last && record.Status != RecordStatus.Voided
                          orderby record.Id
                          select new { record.Id, record.OrderId, record.SupplierId, record.ServiceDate, record.Flags, order.Pathway, parent.AreaCode }).ToListAsync(cancellationToken);
        var picked = (await (from item in context.Set<SpotCheckItem>()
                             join plan in context.Set<SpotCheckPlan>() on item.PlanId equals plan.Id
                             where item.CountyCode == countyCode && item.Origin != ItemOrigin.Risk && plan.PeriodFrom <= last && plan.PeriodTo >= first
                             select new { item.RecordId, Result = context.Set<SpotCheckFinding>().Where(finding => finding.ItemId == item.Id).Select(finding => (CheckResult?)finding.Result).FirstOrDefault() })
                             .ToListAsync(cancellationToken)).ToDictionary(row => row.RecordId, row => row.Result);
        var townships = await Townships(cancellationToken);
        return [.. rows.Select(row => new CountedRecord(row.Id, row.OrderId, townships.GetValueOrDefault(row.AreaCode, row.AreaCode), row.SupplierId, row.Pathway, row.ServiceDate)
        {
            Flags = row.Flags,
            Standing = !picked.TryGetValue(row.Id, out var result) ? ServiceStanding.Free
                : result is null ? ServiceStanding.Drawn
                : result == CheckResult.CannotVerify ? ServiceStanding.NotVerified
                : ServiceStanding.Checked
        })];
    }

    private async Task<Dictionary<string, string>> Townships(CancellationToken cancellationToken)
    {
        var areas = await context.Set<AreaUnit>().Where(area => area.Level == AreaLevel.Village || area.Level == AreaLevel.Township).ToListAsync(cancellationToken);
        return areas.ToDictionary(area => area.Code, area => area.Level == AreaLevel.Township ? area.Code : area.ParentCode ?? area.Code);
    }
}

/// <summary>A delivered service as it is counted.</summary>
internal sealed record CountedRecord(string RecordId, string OrderId, string TownshipCode, string SupplierId, string Mode, DateOnly ServiceDate)
{
    /// <summary>What its record is flagged with.</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>What spot checks have made of it.</summary>
    public ServiceStanding Standing { get; init; }
}

/// <summary>What the random part of spot checks has made of a service.</summary>
internal enum ServiceStanding
{
    /// <summary>Nobody has drawn it.</summary>
    Free,

    /// <summary>Drawn, and not yet checked.</summary>
    Drawn,

    /// <summary>Drawn, and nobody could tell: it does not count, and is not drawn again.</summary>
    NotVerified,

    /// <summary>Checked: it counts.</summary>
    Checked
}
