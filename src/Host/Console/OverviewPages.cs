using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>The first page: what needs somebody now.</summary>
internal static class OverviewPages
{
    private const int RisksShown = 5;

    private const int DaysBack = 14;

    private const int DaysAhead = 10;

    public static void MapOverview(this RouteGroupBuilder console)
    {
        console.MapGet("/", Show);
        console.MapGet("/charts", Charts);
    }

    // By days of the calendar in China.
    private static async Task<IResult> Charts(OverviewQueries queries, HttpContext context)
    {
        var now = Doorway.VisitorOf(context).Now;
        var today = ChinaTime.DayOf(now);
        var back = Enumerable.Range(1 - DaysBack, DaysBack + 1).Select(today.AddDays).ToArray();
        var ahead = Enumerable.Range(0, DaysAhead + 1).Select(today.AddDays).ToArray();
        var trend = await queries.Trend([.. back.Select(ChinaTime.StartOf)], context.RequestAborted);
        var due = await queries.Due([DateTimeOffset.UnixEpoch, now, .. ahead[1..].Select(ChinaTime.StartOf)], context.RequestAborted);
        return Results.Json(new
        {
            trend = trend.Select((one, at) => new { day = back[at], one.Started, one.Ended }),
            due = due.Select((count, at) => new { day = at == 0 ? (DateOnly?)null : ahead[at - 1], count })
        });
    }

    private static async Task<IResult> Show(OverviewQueries queries, StuckViews stuck, DrawnNames names, TimeProvider time, HttpContext context)
    {
        var stop = context.RequestAborted;
        var now = Doorway.VisitorOf(context).Now;
        var faults = await queries.Faults(null, stop);
        return Doorway.Page<OverviewPage>(context, new OverviewModel
        {
            Statuses = await queries.ByStatus(null, stop),
            Faults = faults,
            Late = await queries.LateTasks(now, stop),
            Risks = await stuck.Risks(RisksShown, stop),
            Words = new StuckTexts(Doorway.VisitorOf(context).Language),
            Targets = [.. (await queries.ByTarget(now - OutboxQueries.Slow, stop)).Where(target => target.State is OutboxState.Dead or OutboxState.Started || target.Slow > 0)],
            Nodes = await queries.Nodes(stop),
            WallClock = time.GetUtcNow(),
            DefinitionNames = await names.Definitions([.. faults.Select(fault => fault.DefinitionId)], stop),
            StepNames = await names.Steps(faults.Select(fault => (fault.DefinitionId, fault.ActivityId)), stop)
        });
    }
}

/// <summary>How everything stands.</summary>
public sealed record OverviewModel
{
    public required IReadOnlyList<StatusCount> Statuses { get; init; }

    public required IReadOnlyList<FaultGroup> Faults { get; init; }

    public required IReadOnlyList<LateTasks> Late { get; init; }

    /// <summary>The next deadlines that will probably be missed.</summary>
    public required IReadOnlyList<DeadlineRisk> Risks { get; init; }

    /// <summary>The words for them.</summary>
    public required StuckTexts Words { get; init; }

    /// <summary>What of the outbox is dead, slow or of unknown outcome.</summary>
    public required IReadOnlyList<TargetLoad> Targets { get; init; }

    public required IReadOnlyList<NodeLine> Nodes { get; init; }

    /// <summary>The real time, which nodes are heard by.</summary>
    public required DateTimeOffset WallClock { get; init; }

    public required IReadOnlyDictionary<string, string> DefinitionNames { get; init; }

    public required IReadOnlyDictionary<(string DefinitionId, string ActivityId), string> StepNames { get; init; }

    public bool IsAlive(NodeLine node) => node.IsAlive(WallClock);

    public bool IsCalm => Faults.Count == 0 && Late.Count == 0 && Targets.Count == 0 && Nodes.Any(IsAlive);

    public int CountOf(string status) => Statuses.FirstOrDefault(one => one.Status == status)?.Count ?? 0;

    public string StepOf(FaultGroup fault) => fault.ActivityId is null ? "–" : StepNames.GetValueOrDefault((fault.DefinitionId, fault.ActivityId), fault.ActivityId);
}
