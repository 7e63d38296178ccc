using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Says where a county's year of spot checks stands, reckoned from the records; a year at risk is told to the county (A35, P14 step 5).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Says where a year's share of spot checks stands.", Chinese = "抽查比例监测")]
[Outcomes(nameof(RatioStanding.OnTrack), nameof(RatioStanding.AtRisk), nameof(RatioStanding.Missed), nameof(RatioStanding.Met))]
public sealed class RatioMonitor : Activity
{
    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The calendar year.", Chinese = "年度")]
    public required int Year { get; init; }

    [Output("Services checked.", Chinese = "已抽查数")]
    public int Checked { get; private set; }

    [Output("Services delivered: N.", Chinese = "服务总数")]
    public int Services { get; private set; }

    [Output("The share once the open checks are done.", Chinese = "预计比例")]
    public decimal Forecast { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var county = (await new RatioQueries(db).Of(CountyCode, Year, context.Now, cancellationToken)).County;
        (Checked, Services, Forecast) = (county.Checked, county.Services, county.Forecast);
        return new Completed(county.Standing.ToString())
        {
            Send = county.Standing is RatioStanding.AtRisk or RatioStanding.Missed
                ? [ActivityDeeds.Tell("spotcheck.atRisk", "K", CountyCode, new { year = Year, @checked = county.Checked, needed = county.Needed, services = county.Services, open = county.Open })]
                : []
        };
    }
}
