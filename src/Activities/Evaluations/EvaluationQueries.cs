using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Evaluations;

/// <summary>Reckons how suppliers and townships did, from linked records only (INV-29), and reads what was confirmed.</summary>
public sealed class EvaluationQueries(ReliefDbContext context)
{
    private static readonly string[] Founded = ["Founded", "PartlyFounded"];

    /// <summary>A county's confirmed evaluations, the latest period first.</summary>
    public async Task<IReadOnlyList<Evaluation>> Of(string countyCode, CancellationToken cancellationToken) => await context.Set<Evaluation>()
        .Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.PeriodTo).ThenBy(row => row.Kind).ThenBy(row => row.UnitCode).ToListAsync(cancellationToken);

    /// <summary>Every supplier and township that served or was served in the period, by kind and code. Nothing is written.</summary>
    public async Task<IReadOnlyList<Evaluation>> Reckon(string countyCode, (DateOnly From, DateOnly To) period, Deed deed, CancellationToken cancellationToken)
    {
        var services = await Services(countyCode, period, cancellationToken);
        var weights = await Weights(countyCode, period.To, cancellationToken);
        List<Evaluation> all = [];
        foreach (var group in services.GroupBy(service => service.SupplierId).OrderBy(group => group.Key, StringComparer.Ordinal))
            all.Add(Scored((countyCode, EvaluatedUnit.Supplier, group.Key), period, [.. group], await Trained(group.Key, period.To, cancellationToken), (weights, deed)));
        foreach (var group in services.GroupBy(service => service.TownshipCode).OrderBy(group => group.Key, StringComparer.Ordinal))
            all.Add(Scored((countyCode, EvaluatedUnit.Township, group.Key), period, [.. group], null, (weights, deed)));
        return all;
    }

    private async Task<IReadOnlyList<Served>> Services(string countyCode, (DateOnly From, DateOnly To) period, CancellationToken cancellationToken)
    {
        var rows = await (from record in context.Set<VisitRecord>()
                          join order in context.Set<Order>() on record.OrderId equals order.Id
                          join parent in context.Set<Case>() on order.CaseId equals parent.Id
                          where record.CountyCode == countyCode && record.ServiceDate >= period.From && record.ServiceDate <= period.To && record.Status != RecordStatus.Voided
                          orderby record.Id
                          select new { record.Id, record.OrderId, record.SupplierId, record.Flags, parent.AreaCode }).ToListAsync(cancellationToken);
        var found = (await (from finding in context.Set<SpotCheckFinding>()
                            join item in context.Set<SpotCheckItem>() on finding.ItemId equals item.Id
                            join record in context.Set<VisitRecord>() on item.RecordId equals record.Id
                            where record.CountyCode == countyCode && record.ServiceDate >= period.From && record.ServiceDate <= period.To && finding.Result != CheckResult.CannotVerify
                            select new { item.RecordId, finding.Result, finding.Satisfaction }).ToListAsync(cancellationToken)).ToLookup(one => one.RecordId);
        var complaints = (await context.Set<Ticket>().Where(row => row.CountyCode == countyCode && row.Subject.StartsWith("order:") && row.Outcome != null && Founded.Contains(row.Outcome))
            .Select(row => row.Subject).ToListAsync(cancellationToken)).Select(subject => subject["order:".Length..]).ToLookup(order => order);
        Dictionary<string, string> townships = [];
        foreach (var area in rows.Select(row => row.AreaCode).Distinct())
            townships[area] = await new AreaQueries(context).TownshipOf(area, cancellationToken);
        return [.. rows.Select(row => new Served(row.OrderId, row.SupplierId, townships[row.AreaCode], row.Flags)
        {
            Results = [.. found[row.Id].Select(one => one.Result)], Satisfactions = [.. found[row.Id].Where(one => one.Satisfaction is not null).Select(one => one.Satisfaction!.Value)], Founded = complaints[row.OrderId].Count()
        })];
    }

    private async Task<decimal?> Trained(string supplierId, DateOnly on, CancellationToken cancellationToken)
    {
        var workers = await context.Set<Worker>().Where(row => row.SupplierId == supplierId && row.Active).Select(row => row.Id).ToListAsync(cancellationToken);
        if (workers.Count == 0)
            return null;
        var certified = await context.Set<WorkerTraining>().Where(row => workers.Contains(row.WorkerId) && row.ValidFrom <= on && row.ValidTo >= on).Select(row => row.WorkerId).Distinct().CountAsync(cancellationToken);
        return Percent(certified, workers.Count);
    }

    private async Task<int[]> Weights(string countyCode, DateOnly on, CancellationToken cancellationToken)
    {
        List<int> weights = [];
        foreach (var key in new[] { "timely", "quality", "checked", "content", "trained", "complaints" })
            weights.Add(await new ParameterQueries(context).Whole("evaluation." + key, countyCode, on, cancellationToken));
        return [.. weights];
    }

    private static Evaluation Scored(
        (string County, EvaluatedUnit Kind, string Code) unit, (DateOnly From, DateOnly To) period, IReadOnlyList<Served> services, decimal? trained, (int[] Weights, Deed Deed) by)
    {
        List<CheckResult> results = [.. services.SelectMany(service => service.Results)];
        List<int> satisfactions = [.. services.SelectMany(service => service.Satisfactions)];
        var founded = services.DistinctBy(service => service.OrderId).Sum(service => service.Founded);
        var timely = Percent(services.Count(service => !service.Flags.Contains("Late") && !service.Flags.Contains("TooLate")), services.Count);
        var quality = Percent(services.Count(service => service.Flags.Length == 0), services.Count);
        decimal? found = results.Count == 0 ? null : decimal.Round((decimal)results.Average(result => result switch { CheckResult.Pass => 100, CheckResult.Minor => 60, _ => 0 }), 2);
        decimal? content = satisfactions.Count == 0 ? null : decimal.Round(20 * (decimal)satisfactions.Average(), 2);
        var complaints = Math.Max(0, 100 - 10 * founded);
        return new Evaluation
        {
            Id = $"{unit.Kind}-{unit.Code}-{period.From:yyyyMMdd}-{period.To:yyyyMMdd}", CountyCode = unit.County, CreatedAt = by.Deed.At, CreatedBy = by.Deed.By, Kind = unit.Kind, UnitCode = unit.Code,
            PeriodFrom = period.From, PeriodTo = period.To, Services = services.Count, Timely = timely, Quality = quality, Checked = found, Content = content, Trained = trained, Complaints = complaints,
            Score = Mean([timely, quality, found, content, trained, complaints], by.Weights)
        };
    }

    // What is not known neither helps nor hurts.
    private static decimal Mean(decimal?[] parts, int[] weights)
    {
        var known = parts.Zip(weights).Where(one => one.First is not null).ToList();
        var all = known.Sum(one => one.Second);
        return all == 0 ? 0 : decimal.Round(known.Sum(one => one.First!.Value * one.Second) / all, 2);
    }

    private static decimal Percent(int of, int all) => decimal.Round(100m * of / all, 2);

    private sealed record Served(string OrderId, string SupplierId, string TownshipCode, string[] Flags)
    {
        public CheckResult[] Results { get; init; } = [];

        public int[] Satisfactions { get; init; } = [];

        public int Founded { get; init; }
    }
}
