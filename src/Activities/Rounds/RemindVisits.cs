using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Tells each unit what is not visited yet: the village's head on day 25 of the month, the street ten days before the half-year ends (P18, workflows.md 3.4).</summary>
[ChangesRecords]
[Activity("Relief Visits", "Tells each unit what it has not visited yet.", Chinese = "未走访提醒", Waits = true)]
public sealed class RemindVisits : Activity
{
    private static readonly TimeOnly Morning = new(9, 0);

    [Input("The round.", Chinese = "走访批次")]
    public required string RoundId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var round = await new RoundBook(db).Get(RoundId, cancellationToken);
        var at = ChinaTime.At(await Day(db, round, cancellationToken), Morning);
        return at > context.Now ? new Waiting([Bookmark.Timer("remind", at)]) : await Remind(db, round, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Remind(db, await new RoundBook(db).Get(RoundId, cancellationToken), cancellationToken);
    }

    private static async Task<DateOnly> Day(ReliefDbContext db, VisitRound round, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(db);
        return round.Duty == VisitDuty.Street
            ? round.EndsOn.AddDays(-await parameters.Whole("visit.remind.street", round.CountyCode, round.StartsOn, cancellationToken))
            : new DateOnly(round.EndsOn.Year, round.EndsOn.Month, await parameters.Whole("visit.remind", round.CountyCode, round.StartsOn, cancellationToken));
    }

    private static async Task<ActivityResult> Remind(ReliefDbContext db, VisitRound round, CancellationToken cancellationToken)
    {
        var units = await new RoundQueries(db).Units(round, round.Duty, cancellationToken);
        return new Completed(Done)
        {
            Send = [.. units.Where(unit => unit.Open > 0).Select(unit => Tell.Unit("visit.unvisited", round.Duty == VisitDuty.Street ? "C" : "V", unit.Unit, new { period = round.Period, open = unit.Open, due = round.EndsOn }))]
        };
    }
}
