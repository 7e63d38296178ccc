using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Waits for 31 December 23:59 and freezes the township's logs of the year (P11 step 1).</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Freezes a township's neighbour logs at the end of the year.", Chinese = "封存互助记录", Waits = true)]
public sealed class FreezeNeighbourLog : Activity
{
    [Input("The township.", Chinese = "乡镇")]
    public required string TownshipCode { get; init; }

    [Input("The year.", Chinese = "年度")]
    public required int Year { get; init; }

    [Output("The sheet.", Chinese = "补贴表")]
    public string SheetId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return new Waiting([Bookmark.Timer("freeze", await YearDates.Freeze(db, TownshipCode, Year, cancellationToken))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var county = await new Deadlines(db).CountyOf(TownshipCode, cancellationToken);
        SheetId = (await new SubsidyBook(db).Freeze((county, TownshipCode, Year), context.DeedOf("freeze"), cancellationToken)).Id;
        return new Completed(Done);
    }
}
