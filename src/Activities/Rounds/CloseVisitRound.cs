using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>When the period is over: what was not made is missed, each township is told how its units kept to it, and misses go a level up (A41 <c>VisitCompliance</c>, P18 step 4).</summary>
/// <remarks>So many visits at a time and each part with a commit of its own, as they were written.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Closes a round of visits and tells how each unit kept to it.", Chinese = "走访完成率通报", Waits = true)]
public sealed class CloseVisitRound : Activity
{
    private const int AtOnce = 2_500;

    private static readonly TimeOnly Morning = new(0, 30);

    [Input("The round.", Chinese = "走访批次")]
    public required string RoundId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var round = await new RoundBook(db).Get(RoundId, cancellationToken);
        var at = ChinaTime.At(round.EndsOn.AddDays(1), Morning);
        return at > context.Now ? new Waiting([Bookmark.Timer("close", at)]) { Memo = Json(0) } : await Next(db, context, 1, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Next(db, context, (context.Memo?.GetInt32() ?? 0) + 1, cancellationToken);
    }

    private async Task<ActivityResult> Next(ReliefDbContext db, ActivityContext context, int part, CancellationToken cancellationToken)
    {
        if (!await new RoundBook(db).Close(RoundId, AtOnce, context.DeedOf("part-" + part), cancellationToken))
            return new Waiting([Bookmark.Timer("more-" + part, context.Now)]) { Memo = Json(part) };
        var round = await new RoundBook(db).Get(RoundId, cancellationToken);
        var units = await new RoundQueries(db).Units(round, round.Duty, cancellationToken);
        var townships = await new RoundQueries(db).Townships([.. units.Select(unit => unit.Unit)], cancellationToken);
        var results = units.GroupBy(unit => townships[unit.Unit]).Select(group => Tell.Unit(
            "visit.result", "C", group.Key, new { period = round.Period, visited = group.Sum(unit => unit.Visited), required = group.Sum(unit => unit.Required), missed = group.Sum(unit => unit.Missed) }));
        var missed = units.Where(unit => unit.Missed > 0).Select(unit => Tell.Unit(
            "visit.missed", round.Duty == VisitDuty.Street ? "K" : "C", round.Duty == VisitDuty.Street ? round.CountyCode : townships[unit.Unit],
            new { unit = unit.Unit, period = round.Period, missed = unit.Missed, required = unit.Required, compliance = Percent(unit.Compliance) }));
        return new Completed(Done) { Send = [.. results, .. missed] };
    }

    private static string Percent(decimal? share) => share is { } part ? (part * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "-";
}
