using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Waits for a day of a county's year of money: its list, its close, the end of its accruals.</summary>
[ChangesRecords]
[Activity("Relief Funds", "Waits for a day of a county's year of money.", Chinese = "等待资金年度节点", Waits = true)]
public sealed class AwaitFundDay : Activity
{
    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    [Input("The parameter that names the day: fund.carryList, whose beginning is meant, fund.closeYear or fund.accrualEnd, whose end is.", Chinese = "节点参数")]
    public required string Day { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var end = await (await FundYearScene.Of(db, FundYearId, context, cancellationToken)).Moment(Day, cancellationToken);
        var moment = Day == FundYearDays.CarryList ? end.AddDays(-1).AddSeconds(1) : end;
        return moment <= context.Now ? new Completed(Done) : new Waiting([Bookmark.Timer("day", moment)]);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Task.FromResult<ActivityResult>(new Completed(Done));
}
