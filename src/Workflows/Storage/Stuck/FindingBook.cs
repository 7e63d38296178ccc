namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Keeps what a look found, so that lists and counts cost the same however many instances there are.</summary>
public sealed class FindingBook
{
    private const int RowsAtOnce = 200;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(50);

    private readonly Dictionary<StuckRule, Guid> walked = [];
    private readonly StuckLook look;
    private readonly IFlowStore store;
    private readonly ReadSide side;
    private readonly TimeProvider time;

    public FindingBook(StuckLook look, IFlowStore store, ReadSide side, TimeProvider time)
    {
        this.look = look;
        this.store = store;
        this.side = side;
        this.time = time;
    }

    /// <summary>Whether it is this node's turn to look: no node has within the last 50 seconds.</summary>
    public async Task<bool> TakeTurn(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await store.Change((unit, cancellation) => UnitSql.Run(unit, side,
            "insert into duty (name, until, token) values ('stuck', {0}, 1) on conflict (name) do update set until = excluded.until, token = duty.token + 1 where duty.until <= {1}",
            [now + Period, now], cancellation), cancellationToken) > 0;
    }

    /// <summary>Looks now. Large tables are walked on for a second at most; what was found in them before is looked at again each time.</summary>
    /// <remarks>Two looks at a time do no harm. After a crash the next look puts right what is half written.</remarks>
    public async Task Look(CancellationToken cancellationToken)
    {
        var round = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var rules in look.Rules.GroupBy(rule => rule.Code))
        {
            foreach (var rule in rules)
                await (rule.Slices is null ? LookAtAll(rule, round, cancellationToken) : Walk(rule, round, cancellationToken));
            await Recheck(rules.Key, [.. rules.Where(rule => rule.Slices is not null)], round, cancellationToken);
        }
    }

    /// <summary>Forgets what was found of an instance: it is being mended. Whatever is not mended is found again.</summary>
    public Task Forget(Guid instanceId, CancellationToken cancellationToken) =>
        store.Change((unit, cancellation) => UnitSql.Run(unit, side, "delete from finding where instance_id = {0}", [instanceId], cancellation), cancellationToken);

    /// <summary>Forgets one finding.</summary>
    public Task Forget(string code, string reference, CancellationToken cancellationToken) =>
        store.Change((unit, cancellation) => UnitSql.Run(unit, side, "delete from finding where code = {0} and ref = {1}", [code, reference], cancellation), cancellationToken);

    private async Task LookAtAll(StuckRule rule, long round, CancellationToken cancellationToken) =>
        await Write(await look.Find(rule, rule.Grace, cancellationToken), round, cancellationToken);

    private async Task Walk(StuckRule rule, long round, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var from = walked.GetValueOrDefault(rule, Guid.Empty);
        do
        {
            var (found, next) = await look.Slice(rule, from, cancellationToken);
            await Write(found, round, cancellationToken);
            from = next ?? Guid.Empty;
        }
        while (from != Guid.Empty && time.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
        walked[rule] = from;
    }

    // What this look did not meet is over, unless it lies in a slice that was not walked and still is so there.
    private async Task Recheck(string code, StuckRule[] walking, long round, CancellationToken cancellationToken)
    {
        if (walking.Length == 0)
        {
            await store.Change((unit, cancellation) => UnitSql.Run(unit, side, "delete from finding where code = {0} and round < {1}", [code, round], cancellation), cancellationToken);
            return;
        }

        for (string? last = ""; last is not null;)
        {
            var known = await new Query(side, "select ref, round from finding").Where("code = {0}", code).Where("ref > {0}", last).Then("order by ref limit {0}", RowsAtOnce)
                .Read(row => (Ref: row.Text("ref"), Round: row.Long("round")), cancellationToken);
            string[] old = [.. known.Where(one => one.Round < round).Select(one => one.Ref)];
            Guid[] keys = [.. old.Where(one => Guid.TryParse(one, out _)).Select(Guid.Parse)];
            IEnumerable<string> over = old;
            foreach (var rule in walking)
                over = over.Except(await look.Still(rule, keys, cancellationToken));
            await Forget(code, [.. over], cancellationToken);
            last = known.Count == RowsAtOnce ? known[^1].Ref : null;
        }
    }

    private async Task Forget(string code, string[] references, CancellationToken cancellationToken)
    {
        if (references.Length == 0)
            return;

        await store.Change((unit, cancellation) => UnitSql.Run(unit, side, $"delete from finding where code = {{0}} and ref in ({ReadSide.Marks(1, references.Length)})", [code, .. references], cancellation), cancellationToken);
    }

    private async Task Write(List<Finding> found, long round, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var chunk in found.Chunk(RowsAtOnce))
        {
            object?[][] rows = [.. chunk.Select(one => new object?[] { one.Code, one.Ref, one.InstanceId, one.ActivityId, (int)one.Severity, one.Since, now, round, one.Detail })];
            await store.Change((unit, cancellation) => UnitSql.Insert(unit, side,
                ("insert into finding (code, ref, instance_id, activity_id, severity, since, found_at, round, detail)",
                "on conflict (code, ref) do update set activity_id = excluded.activity_id, since = excluded.since, round = excluded.round, detail = excluded.detail"), rows, cancellation), cancellationToken);
        }
    }
}
