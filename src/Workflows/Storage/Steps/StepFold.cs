using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>Counts what the journal says of ended steps into one row per step.</summary>
/// <remarks>
/// Each burst is counted once: how far it has come stands beside the counts and moves with them in one transaction, and only if no other node has moved it.
/// A process that dies has counted a window of the journal or has not. Nothing is written by the bursts themselves.
/// </remarks>
public sealed class StepFold(IFlowStore store, ReadSide side, TimeProvider time)
{
    // In transactions on PostgreSQL, each of which holds the bursts of a group, and in bursts on SQLite.
    private const long Window = 2_000;
    private const int RowsAtOnce = 200;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    private readonly StepTimeQueries times = new(side);

    private string Mark => side.Kind == StorageKind.PostgreSql ? "xid" : "rowid";

    /// <summary>Counts what has come since the last time, for five seconds at most; what is left then is next time's.</summary>
    /// <returns>How many ends of steps were counted.</returns>
    public async Task<int> Fold(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var counted = 0;
        var width = Window;
        var to = await Horizon(cancellationToken);
        for (var from = await Position(cancellationToken); from != to && time.GetElapsedTime(started) < Turn;)
        {
            var next = Math.Min(to, from + width);
            var ends = next > from ? await Ends(from, next, cancellationToken) : [];
            // Where nothing happened, or others work on the same server, the steps grow.
            width = ends.Count < Window ? width * 4 : Window;
            if (!await Write(from, next, ends, cancellationToken))
                break;

            counted += ends.Count;
            from = next;
        }

        return counted;
    }

    // What is below it is complete: no transaction that still runs can add to it.
    private async Task<long> Horizon(CancellationToken cancellationToken) => (await new Query(side, side.Kind == StorageKind.PostgreSql
        ? "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as n" : "select coalesce(max(rowid), 0) + 1 as n from journal").Read(row => row.Long("n"), cancellationToken))[0];

    private async Task<long> Position(CancellationToken cancellationToken) =>
        (await new Query(side, "select folded_to from step_fold").Read(row => row.Long("folded_to"), cancellationToken))[0];

    // The definition by a subselect: a plan by the instance's key, whatever the statistics say.
    private async Task<List<StepEnd>> Ends(long from, long to, CancellationToken cancellationToken) =>
        [.. (await new Query(side, "select (select i.definition_id from instance i where i.id = j.instance_id) as definition_id, j.events from journal j")
            .WhereAll($"j.{Mark} >= {{0}} and j.{Mark} < {{1}}", from, to)
            .Read(row => row.TextOrNull("definition_id") is { } definition ? StepEnd.In(definition, row.Bytes("events")) : [], cancellationToken)).SelectMany(ends => ends)];

    private async Task<bool> Write(long from, long to, List<StepEnd> ends, CancellationToken cancellationToken)
    {
        var known = (await times.Of([.. ends.Select(end => end.DefinitionId).Distinct()], cancellationToken)).ToDictionary(one => (one.DefinitionId, one.ActivityId));
        var changed = ends.GroupBy(end => (end.DefinitionId, end.ActivityId)).Select(step => step.Aggregate(
            known.GetValueOrDefault(step.Key) ?? new StepTime { DefinitionId = step.Key.DefinitionId, ActivityId = step.Key.ActivityId }, (sum, end) => sum.With(end))).ToArray();
        return await store.Change(async (unit, cancellation) =>
        {
            if (await UnitSql.Run(unit, side, "update step_fold set folded_to = {0} where folded_to = {1}", [to, from], cancellation) == 0)
                return false;

            // Transactions are numbered anew in a database that was restored elsewhere: what claims to be of later ones was counted.
            if (to < from && side.Kind == StorageKind.PostgreSql)
                await UnitSql.Run(unit, side, "update journal set xid = null where xid >= {0}", [to], cancellation);
            foreach (var chunk in changed.Chunk(RowsAtOnce))
                await Keep(unit, chunk, cancellation);
            return true;
        }, cancellationToken);
    }

    private Task<int> Keep(UnitOfWork unit, StepTime[] steps, CancellationToken cancellationToken) => UnitSql.Insert(unit, side,
        ("insert into step_time (definition_id, activity_id, n, p50, p95, buckets, outcomes)",
        """
        on conflict (definition_id, activity_id) do update
        set n = excluded.n, p50 = excluded.p50, p95 = excluded.p95, buckets = excluded.buckets, outcomes = excluded.outcomes
        """),
        [.. steps.Select(step => new object?[] { step.DefinitionId, step.ActivityId, step.Waits.Count, step.P50, step.P95, step.Waits.ToString(), JsonSerializer.Serialize(step.Outcomes) })], cancellationToken);
}
