using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Gives back what was committed by accrual at the close of a year and has not been billed since.</summary>
[ChangesRecords]
[Activity("Relief Funds", "Gives back accruals that nobody billed.", Chinese = "暂估核销", Waits = true)]
public sealed class EndAccruals : Activity
{
    private const int AtOnce = 5;
    private const string More = "more-";

    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Part(context, "", cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Part(context, wakeup.Bookmark[More.Length..], cancellationToken);

    private async Task<ActivityResult> Part(ActivityContext context, string after, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await FundYearScene.Of(db, FundYearId, context, cancellationToken);
        var last = await new YearClose(db).EndAccruals(scene.Year, (after, AtOnce), context.DeedOf("end"), cancellationToken);
        return last is null ? new Completed(Done) : new Waiting([Bookmark.Timer(More + last, context.Now)]);
    }
}
