using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Draws services, keeps what was found about them, and closes years (P14). What a draw decided stands for good.</summary>
public sealed class SpotCheckBook(ReliefDbContext context)
{
    private static readonly string[] Risks = ["Overlap", "Duration", "AfterDeath"];

    /// <summary>The audit chain of a county's spot checks.</summary>
    public static string Chain(string countyCode) => "spot-checks:" + countyCode;

    /// <summary>
    /// Draws out of a period, once per key and once per month: of each township × supplier × mode ceil(ratio × N_s) less what was checked or
    /// drawn before, in the order of the seed's lots, and every flagged service on top. At least the share of <c>spotcheck.directContact</c> needs a direct contact.
    /// </summary>
    public async Task<SpotCheckPlan> Draw(DrawRequest request, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("spot-check:" + request.CountyCode, cancellationToken);
        if (await Known(request, deed, cancellationToken) is { } known)
            return known;
        var parameters = new ParameterQueries(context);
        var ratio = await parameters.Number("spotcheck.ratio", request.CountyCode, request.To, cancellationToken);
        var services = await new Population(context).Of(request.CountyCode, request.From, request.To, cancellationToken);
        var id = deed.NewId();
        SpotCheckStratum[] strata = [.. services.GroupBy(service => (service.TownshipCode, service.SupplierId, service.Mode))
            .OrderBy(group => group.Key.TownshipCode, StringComparer.Ordinal).ThenBy(group => group.Key.SupplierId, StringComparer.Ordinal).ThenBy(group => group.Key.Mode, StringComparer.Ordinal)
            .Select((group, at) => StratumOf(request.CountyCode, (id, at + 1), [.. group], ratio, deed))];
        var plan = new SpotCheckPlan
        {
            Id = id, CountyCode = request.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Year = request.From.Year, Kind = request.Kind, PeriodFrom = request.From, PeriodTo = request.To,
            Ratio = ratio, Seed = request.Seed, PopulationHash = SampleDraw.HashOf(strata), Services = services.Count, Sample = strata.Sum(stratum => stratum.Sample), IdemKey = deed.Key
        };
        await context.Insert(plan, cancellationToken);
        await context.InsertAll(strata, cancellationToken);
        var direct = await parameters.Number("spotcheck.directContact", request.CountyCode, request.To, cancellationToken);
        await context.InsertAll(ItemsOf(plan, strata, services.ToDictionary(service => service.RecordId), decimal.ToInt32(decimal.Ceiling(direct * plan.Sample))), cancellationToken);
        await context.Audit(Chain(plan.CountyCode), new AuditDetail("SampleDrawn", new { plan.Id, plan.Kind, plan.PeriodFrom, plan.PeriodTo, plan.Seed, plan.PopulationHash, plan.Services, plan.Sample }), deed, cancellationToken);
        return plan;
    }

    /// <summary>Keeps what an inspector found, once per item. INV-09 and the direct contact are asked before, and by the database once more.</summary>
    public async Task<SpotCheckFinding> Find(SpotCheckItem item, CheckForm form, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<SpotCheckFinding>().FirstOrDefaultAsync(row => row.ItemId == item.Id, cancellationToken) is { } known)
            return known;
        var finding = new SpotCheckFinding
        {
            Id = deed.NewId(), CountyCode = item.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, ItemId = item.Id, Result = form.Result, Method = form.Method, Happened = form.Happened,
            SameWorker = form.SameWorker, Charged = form.Charged, Satisfaction = form.Satisfaction, Findings = form.Findings ?? "", Evidence = [.. form.Evidence ?? []]
        };
        await context.Insert(finding, cancellationToken);
        await context.Audit(Chain(item.CountyCode), new AuditDetail("ServiceChecked", new { item.Id, item.RecordId, item.Origin, finding.Result, finding.Method }), deed, cancellationToken);
        return finding;
    }

    /// <summary>The next one of the same stratum by the same seed, in place of an item that could not be verified; none when the stratum is used up.</summary>
    public async Task<SpotCheckItem?> Replace(SpotCheckItem item, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("spot-check:" + item.CountyCode, cancellationToken);
        if (await context.Set<SpotCheckItem>().FirstOrDefaultAsync(row => row.ReplacesId == item.Id, cancellationToken) is { } known)
            return known;
        var plan = await context.Set<SpotCheckPlan>().SingleAsync(row => row.Id == item.PlanId, cancellationToken);
        var stratum = await context.Set<SpotCheckStratum>().SingleAsync(row => row.Id == item.StratumId, cancellationToken);
        var taken = await context.Set<SpotCheckItem>().Where(row => stratum.Members.Contains(row.RecordId) && (row.Origin != ItemOrigin.Risk || row.PlanId == plan.Id))
            .Select(row => row.RecordId).ToListAsync(cancellationToken);
        var ranked = SampleDraw.Ranked(plan.Seed, stratum.Members);
        if (ranked.FirstOrDefault(member => !taken.Contains(member)) is not { } next)
            return null;
        var orderId = await context.Set<Visits.VisitRecord>().Where(row => row.Id == next).Select(row => row.OrderId).SingleAsync(cancellationToken);
        var reserve = item with
        {
            Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By, RecordId = next, OrderId = orderId, Rank = ranked.ToList().IndexOf(next) + 1, Origin = ItemOrigin.Reserve, ReplacesId = item.Id
        };
        await context.Insert(reserve, cancellationToken);
        await context.Audit(Chain(item.CountyCode), new AuditDetail("ReservePicked", new { reserve.Id, reserve.RecordId, reserve.Rank, Replaces = item.Id }), deed, cancellationToken);
        return reserve;
    }

    /// <summary>Begins a county's year, once.</summary>
    public async Task<SpotCheckYear> Open(string countyCode, int year, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("spot-check:" + countyCode, cancellationToken);
        var id = SpotCheckYear.IdOf(countyCode, year);
        if (await context.Set<SpotCheckYear>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var opened = new SpotCheckYear
        {
            Id = id, CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Year = year, Status = YearStatus.Open, Services = 0, Checked = 0,
            Ratio = await new ParameterQueries(context).Number("spotcheck.ratio", countyCode, new DateOnly(year, 12, 31), cancellationToken)
        };
        await context.Insert(opened, cancellationToken);
        return opened;
    }

    /// <summary>Closes a year whose share is reached; false when it is not (INV-14).</summary>
    public async Task<bool> Close(string countyCode, int year, Deed deed, CancellationToken cancellationToken)
    {
        var opened = await Open(countyCode, year, deed, cancellationToken);
        var standing = await new RatioQueries(context).Of(countyCode, year, deed.At, cancellationToken);
        var share = standing.County;
        if (share.Checked < share.Needed)
            return false;
        await context.Replace(opened with { Ratio = standing.Ratio, Status = YearStatus.Closed, Services = share.Services, Checked = share.Checked, ClosedAt = deed.At }, cancellationToken);
        await context.Audit(Chain(countyCode), new AuditDetail("YearClosed", new { year, share.Services, share.Checked }), deed, cancellationToken);
        return true;
    }

    private Task<SpotCheckPlan?> Known(DrawRequest request, Deed deed, CancellationToken cancellationToken) => context.Set<SpotCheckPlan>().FirstOrDefaultAsync(
        row => row.IdemKey == deed.Key || (request.Kind == DrawKind.Monthly && row.Kind == DrawKind.Monthly && row.CountyCode == request.CountyCode && row.PeriodFrom == request.From), cancellationToken);

    private static SpotCheckStratum StratumOf(string county, (string Plan, int Number) of, IReadOnlyList<CountedRecord> services, decimal ratio, Deed deed)
    {
        string[] members = [.. services.Where(service => service.Standing == ServiceStanding.Free).Select(service => service.RecordId).Order(StringComparer.Ordinal)];
        var done = services.Count(service => service.Standing is ServiceStanding.Checked or ServiceStanding.Drawn);
        return new SpotCheckStratum
        {
            Id = $"{of.Plan}-{of.Number}", CountyCode = county, CreatedAt = deed.At, CreatedBy = deed.By, PlanId = of.Plan, TownshipCode = services[0].TownshipCode, SupplierId = services[0].SupplierId,
            Mode = services[0].Mode, Services = services.Count, Done = done, Sample = Math.Min(members.Length, SampleDraw.SizeOf(ratio, services.Count, done)), Members = members
        };
    }

    // The direct contacts are those with the lowest lots of the whole draw; what is flagged is always looked into directly.
    private static SpotCheckItem[] ItemsOf(SpotCheckPlan plan, IEnumerable<SpotCheckStratum> strata, Dictionary<string, CountedRecord> services, int direct)
    {
        var drawn = strata.SelectMany(stratum => SampleDraw.Ranked(plan.Seed, stratum.Members).Select((member, at) => (Stratum: stratum, Member: member, Rank: at + 1))).ToList();
        var sample = drawn.Where(one => one.Rank <= one.Stratum.Sample).ToList();
        var seen = SampleDraw.Ranked(plan.Seed, sample.Select(one => one.Member)).Take(direct).ToHashSet();
        return [.. drawn.Where(one => one.Rank <= one.Stratum.Sample || services[one.Member].Flags.Intersect(Risks).Any()).Select((one, at) => new SpotCheckItem
        {
            Id = $"{plan.Id}-i{at + 1}", CountyCode = plan.CountyCode, CreatedAt = plan.CreatedAt, CreatedBy = plan.CreatedBy, PlanId = plan.Id, StratumId = one.Stratum.Id, RecordId = one.Member,
            OrderId = services[one.Member].OrderId, Rank = one.Rank, Origin = one.Rank <= one.Stratum.Sample ? ItemOrigin.Random : ItemOrigin.Risk,
            Direct = one.Rank > one.Stratum.Sample || seen.Contains(one.Member)
        })];
    }
}

/// <summary>A draw that is asked for.</summary>
/// <param name="From">The first service day.</param>
/// <param name="To">The last; in the same year.</param>
/// <param name="Seed">Random, and known to nobody before.</param>
public sealed record DrawRequest(string CountyCode, DrawKind Kind, DateOnly From, DateOnly To, string Seed);
