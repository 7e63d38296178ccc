using Relief.Flow.Activities.Funds;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Opens a county's year of money: the accounts of the year before, empty (P24 step 1).</summary>
[ChangesRecords]
[Activity("Relief Funds", "Opens a county's year of money.", Chinese = "开设资金年度")]
public sealed class OpenFundYear : Activity
{
    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The year.", Chinese = "年度")]
    public required int FiscalYear { get; init; }

    [Input("Who opens it.", Chinese = "经办人")]
    public string By { get; init; } = ActivityDeeds.System;

    [Output("The county's year.", Chinese = "资金年度")]
    public string FundYearId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        FundYearId = (await new FundYearBook(db).Open(CountyCode, FiscalYear, context.DeedOf("open", By), cancellationToken)).Id;
        return new Completed(Done);
    }

    /// <summary>The start of a county's year: one instance, whoever starts it and however often.</summary>
    public static (Guid Id, string Key, object Input) OfYear(string countyCode, int year, string by)
    {
        var key = "fund-year:" + FundYear.IdOf(countyCode, year);
        return (InstanceIds.Of(key), key, new { countyCode, fiscalYear = year, by });
    }
}
