using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>What the engine runs on and towards: the processes that share the database, and the timers to come.</summary>
internal static class SystemPages
{
    private const int Days = 14;
    private const int Shown = 50;

    public static void MapSystemPages(this RouteGroupBuilder console) => console.MapGet("/system", Show);

    private static async Task<IResult> Show(OverviewQueries overview, TimerQueries timers, DrawnNames names, TimeProvider time, HttpContext context)
    {
        var (now, stop) = (Doorway.VisitorOf(context).Now, context.RequestAborted);
        var today = ChinaTime.DayOf(now);
        DateTimeOffset[] moments = [.. Enumerable.Range(0, Days + 1).Select(day => ChinaTime.StartOf(today.AddDays(day)))];
        var next = await timers.Next(Shown, stop);
        var counts = await timers.Between(moments, stop);
        return Doorway.Page<SystemPage>(context, new SystemModel
        {
            Nodes = await overview.Nodes(stop),
            HeardAt = time.GetUtcNow(),
            Days = [.. counts.Select((count, index) => (today.AddDays(index), count))],
            Next = next,
            StepNames = await names.Steps(next.Select(line => (line.DefinitionId, (string?)line.ActivityId)), stop)
        });
    }
}

/// <summary>How the engine stands.</summary>
public sealed record SystemModel
{
    public required IReadOnlyList<NodeLine> Nodes { get; init; }

    /// <summary>The wall clock, by which nodes beat.</summary>
    public required DateTimeOffset HeardAt { get; init; }

    /// <summary>How many timers fall on each day; what is late counts today.</summary>
    public required IReadOnlyList<(DateOnly Day, int Timers)> Days { get; init; }

    public required IReadOnlyList<TimerLine> Next { get; init; }

    public required IReadOnlyDictionary<(string DefinitionId, string ActivityId), string> StepNames { get; init; }

    public int MostOnADay => Math.Max(1, Days.Max(day => day.Timers));

    public bool IsSilent(NodeLine node) => !node.IsAlive(HeardAt);

    public string Step(TimerLine line) => StepNames.GetValueOrDefault((line.DefinitionId, line.ActivityId), line.ActivityId);
}
