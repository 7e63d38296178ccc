using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Writes the visits that a round owes, one for each family, and tells those who make them (A41, P18 step 1).</summary>
/// <remarks>
/// So many at a time and each part with a commit of its own: a month of a whole county holds up nothing else, and a crash between two parts costs
/// one part. What is there is passed over, so each family has its visit once. The grid is looked through: a cell that nobody has is an alarm.
/// </remarks>
[ChangesRecords]
[Activity("Relief Visits", "Writes the visits that a round owes and tells those who make them.", Chinese = "生成走访任务", Waits = true)]
public sealed class GenerateVisits : Activity
{
    private const int AtOnce = 2_500;

    [Input("The round.", Chinese = "走访批次")]
    public required string RoundId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Next(context, 1, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Next(context, (context.Memo?.GetInt32() ?? 1) + 1, cancellationToken);

    private async Task<ActivityResult> Next(ActivityContext context, int part, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (!await new RoundBook(db).Generate(RoundId, AtOnce, context.DeedOf("part-" + part), cancellationToken))
            return new Waiting([Bookmark.Timer("more-" + part, context.Now)]) { Memo = Json(part) };
        var round = await new RoundBook(db).Get(RoundId, cancellationToken);
        return new Completed(Done) { Send = [.. await Told(db, round, cancellationToken), .. await Alarms(db, round, context, cancellationToken)] };
    }

    private static async Task<IEnumerable<Message>> Told(ReliefDbContext db, VisitRound round, CancellationToken cancellationToken)
    {
        var units = await new RoundQueries(db).Units(round, round.Duty, cancellationToken);
        return units.Where(unit => unit.Open > 0).Select(unit => Tell.Unit("visit.tasks", round.Duty == VisitDuty.Street ? "C" : "V", unit.Unit, new { period = round.Period, visits = unit.Open }));
    }

    // Who was appointed and has left the staff since was never dismissed: nobody else would say so. One alarm for each post that is left, however many months find it so.
    private static async Task<IEnumerable<Message>> Alarms(ReliefDbContext db, VisitRound round, ActivityContext context, CancellationToken cancellationToken)
    {
        if (round.Duty != VisitDuty.Village)
            return [];
        var grid = await new GridQueries(db).Of(round.CountyCode, ChinaTime.DayOf(context.Now), cancellationToken);
        var cells = grid.Cells.Where(cell => cell.Warnings.Contains("WorkerLeft")).Select(cell => cell.Cell.Id).ToList();
        var posts = await db.Set<GridPost>().Where(post => cells.Contains(post.CellId) && post.Kind == GridPostKind.Worker && post.EndedAt == null).ToListAsync(cancellationToken);
        var left = posts.Select(post => Message.Of(new ChildStart(
            InstanceIds.Of("grid.vacant:" + post.Id), "procedure.grid", Json(new { cellId = post.CellId }), GridBook.Chain(post.CellId), GridBook.Chain(post.CellId))));
        Message[] uncovered = grid.Cells.Count > 0 && grid.Uncovered.Count > 0 ? [Tell.Unit("grid.uncovered", "K", round.CountyCode, new { villages = grid.Uncovered.Count })] : [];
        return [.. left, .. uncovered];
    }
}
