using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Closes a county's year of spot checks when its share is reached (P14 step 6, INV-14): the database counts once more and refuses what is short.</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Closes a year of spot checks whose share is reached.", Chinese = "抽查年度结账")]
[Outcomes("Closed", "Short")]
public sealed class CloseYear : Activity
{
    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The calendar year.", Chinese = "年度")]
    public required int Year { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (!await new SpotCheckBook(db).Close(CountyCode, Year, context.DeedOf("close"), cancellationToken))
            return new Completed("Short");
        var closed = (await new SpotCheckQueries(db).Year(CountyCode, Year, cancellationToken))!;
        return new Completed("Closed") { Send = [ActivityDeeds.Tell("spotcheck.closed", "K", CountyCode, new { year = Year, services = closed.Services, @checked = closed.Checked })] };
    }
}
