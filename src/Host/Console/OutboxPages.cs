using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>What is to leave the house: by target and state, and the rows behind each number.</summary>
internal static class OutboxPages
{
    public static void MapOutboxPages(this RouteGroupBuilder console) => console.MapGet("/outbox", Show);

    private static async Task<IResult> Show(OverviewQueries overview, OutboxQueries outbox, HttpContext context, string? target, string? state, string? after)
    {
        var stop = context.RequestAborted;
        var filter = new OutboxFilter { Target = string.IsNullOrEmpty(target) ? null : target, States = string.IsNullOrEmpty(state) ? [] : [state] };
        return Doorway.Page<OutboxPage>(context, new OutboxModel(
            await overview.ByTarget(Doorway.VisitorOf(context).Now - OutboxQueries.Slow, stop), await outbox.List(filter, after, 50, stop), target, state));
    }
}

/// <param name="Target">Which target's rows are shown; null for all.</param>
/// <param name="State">Which state's; null for all.</param>
public sealed record OutboxModel(IReadOnlyList<TargetLoad> Targets, Page<OutboxLine> Rows, string? Target, string? State)
{
    public IEnumerable<IGrouping<string, TargetLoad>> ByTarget => Targets.GroupBy(load => load.Target);
}
