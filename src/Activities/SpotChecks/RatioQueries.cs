using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>How far a year's spot checks have come, reckoned from the records and findings themselves, never from a counter (INV-14, INV-29).</summary>
public sealed class RatioQueries(ReliefDbContext context)
{
    /// <summary>The share of a county, of each township and of each supplier.</summary>
    public async Task<YearRatio> Of(string countyCode, int year, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var services = await new Population(context).Of(countyCode, first, last, cancellationToken);
        var parameters = new ParameterQueries(context);
        var ratio = await parameters.Number("spotcheck.ratio", countyCode, last, cancellationToken);
        var grace = await parameters.Whole("spotcheck.pacing", countyCode, last, cancellationToken);
        var today = ChinaTime.DayOf(now);
        // What was served in months that ended more than the grace ago should be checked by now.
        var due = today.AddDays(-grace);
        var paced = new DateOnly(due.Year, due.Month, 1).AddDays(-1);
        ScopeRatio Share(string scope, string code, IReadOnlyList<CountedRecord> of) => ScopeRatio.Of(scope, code, of, ratio) with
        {
            Standing = StandingOf(of, ratio, paced, today > last)
        };
        return new YearRatio(countyCode, year, ratio, Share("County", countyCode, services),
            [.. services.GroupBy(service => service.TownshipCode).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Share("Township", group.Key, [.. group]))],
            [.. services.GroupBy(service => service.SupplierId).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Share("Supplier", group.Key, [.. group]))]);
    }

    /// <summary>How many services of a year a top-up would draw now: Σ over the strata, as far as they have services that nobody has drawn.</summary>
    internal async Task<int> Short(string countyCode, int year, CancellationToken cancellationToken)
    {
        var services = await new Population(context).Of(countyCode, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), cancellationToken);
        var ratio = await new ParameterQueries(context).Number("spotcheck.ratio", countyCode, new DateOnly(year, 12, 31), cancellationToken);
        return services.GroupBy(service => (service.TownshipCode, service.SupplierId, service.Mode)).Sum(stratum => Math.Min(
            stratum.Count(service => service.Standing == ServiceStanding.Free),
            SampleDraw.SizeOf(ratio, stratum.Count(), stratum.Count(service => service.Standing is ServiceStanding.Checked or ServiceStanding.Drawn))));
    }

    private static RatioStanding StandingOf(IReadOnlyList<CountedRecord> services, decimal ratio, DateOnly paced, bool isOver)
    {
        var isMet = services.Count(IsChecked) >= SampleDraw.SizeOf(ratio, services.Count, 0);
        if (isOver)
            return isMet ? RatioStanding.Met : paced >= new DateOnly(services[0].ServiceDate.Year, 12, 31) ? RatioStanding.Missed : RatioStanding.AtRisk;
        var due = services.Where(service => service.ServiceDate <= paced).ToList();
        return services.Count(IsChecked) >= SampleDraw.SizeOf(ratio, due.Count, 0) ? RatioStanding.OnTrack : RatioStanding.AtRisk;
    }

    private static bool IsChecked(CountedRecord service) => service.Standing == ServiceStanding.Checked;
}

/// <summary>A year's share for the county and below it.</summary>
/// <param name="Ratio">The share to be reached.</param>
public sealed record YearRatio(string CountyCode, int Year, decimal Ratio, ScopeRatio County, IReadOnlyList<ScopeRatio> Townships, IReadOnlyList<ScopeRatio> Suppliers);

/// <summary>The share of a county, a township or a supplier.</summary>
/// <param name="Scope">County, Township or Supplier.</param>
/// <param name="Code">Its code.</param>
/// <param name="Services">Services delivered in the year so far: N.</param>
/// <param name="Checked">Those whose check counts.</param>
/// <param name="Open">Those drawn and not yet checked.</param>
/// <param name="Needed">ceil(ratio × N).</param>
/// <param name="Share">checked ÷ N; 1 when there is nothing to check.</param>
/// <param name="Forecast">The share once the open ones are checked.</param>
public sealed record ScopeRatio(string Scope, string Code, int Services, int Checked, int Open, int Needed, decimal Share, decimal Forecast)
{
    /// <summary>Where it stands.</summary>
    public RatioStanding Standing { get; init; }

    internal static ScopeRatio Of(string scope, string code, IReadOnlyList<CountedRecord> services, decimal ratio)
    {
        var done = services.Count(service => service.Standing == ServiceStanding.Checked);
        var open = services.Count(service => service.Standing == ServiceStanding.Drawn);
        return new ScopeRatio(scope, code, services.Count, done, open, SampleDraw.SizeOf(ratio, services.Count, 0), Part(done, services.Count), Part(done + open, services.Count));
    }

    private static decimal Part(int of, int all) => all == 0 ? 1 : decimal.Round((decimal)of / all, 4);
}

/// <summary>Where a share stands.</summary>
public enum RatioStanding
{
    /// <summary>What should be checked by now is.</summary>
    OnTrack,

    /// <summary>Behind: months closed longer ago than the grace are not covered, or the year is over and short.</summary>
    AtRisk,

    /// <summary>The year and its grace are over, and it is short.</summary>
    Missed,

    /// <summary>The year is over and the share is reached.</summary>
    Met
}
