namespace Relief.Flow.Workflows.Storage;

/// <summary>Counts for the operators' first look: how everything stands, and what needs somebody. Nothing here changes anything.</summary>
/// <remarks>What is open is counted from the indexes of what is open; what has ended is counted up to <see cref="InstanceSearch.Cap"/>.</remarks>
public sealed class OverviewQueries(ReadSide side)
{
    private const int MostGroups = 50;

    /// <summary>How many instances there are in each state, of one definition or of all. States that nothing is in are not there.</summary>
    public async Task<IReadOnlyList<StatusCount>> ByStatus(string? definitionId, CancellationToken cancellationToken)
    {
        var open = await new Query(side, "select status, count(*) as n from instance").Where("status < 8").Where("definition_id = {0}", definitionId)
            .Then("group by status").Read(Counted, cancellationToken);
        foreach (var ended in new[] { (int)Kernel.InstanceStatus.Finished, (int)Kernel.InstanceStatus.Cancelled })
        {
            var counted = await new Query(side, "select count(*) as n from (select 1 as one from instance").Where("finished_at is not null").Where("status = {0}", ended)
                .Where("definition_id = {0}", definitionId).Then("limit {0}) as counted", InstanceSearch.Cap).Read(row => row.Int("n"), cancellationToken);
            if (counted[0] > 0)
                open.Add(new StatusCount(((Kernel.InstanceStatus)ended).ToString(), counted[0]));
        }

        return open;

        static StatusCount Counted(Row row) => new(((Kernel.InstanceStatus)row.Int("status")).ToString(), row.Int("n"));
    }

    /// <summary>Open instances by definition; those with most incidents first.</summary>
    public Task<List<DefinitionLoad>> ByDefinition(CancellationToken cancellationToken) =>
        new Query(side,
            """
            select definition_id, count(*) as n, sum(case when status = 2 then 1 else 0 end) as waiting, sum(case when incidents > 0 then 1 else 0 end) as faulted,
                   sum(case when status = 4 then 1 else 0 end) as suspended
            from instance where status < 8 group by definition_id order by faulted desc, n desc, definition_id
            """)
            .Read(row => new DefinitionLoad(row.Text("definition_id"), row.Int("n"), row.Int("waiting"), row.Int("faulted"), row.Int("suspended")), cancellationToken);

    /// <summary>Open instances of a definition by the step where they wait first, and by the step that stopped.</summary>
    public async Task<IReadOnlyList<StepLoad>> ByStep(string definitionId, CancellationToken cancellationToken)
    {
        Task<List<(string Step, int Count, DateTimeOffset? Since)>> Count(string column, string since, string condition) =>
            new Query(side, $"select {column} as step, count(*) as n, min({since}) as since from instance").Where("definition_id = {0}", definitionId).Where("status < 8")
                .Where(condition).Then($"group by {column}").Read(row => (row.Text("step"), row.Int("n"), row.InstantOrNull("since")), cancellationToken);

        var waiting = await Count("wait_activity", "wait_since", "wait_activity is not null and incidents = 0");
        var faulted = await Count("fault_activity", "updated_at", "fault_activity is not null and incidents > 0");
        return [.. from step in waiting.Concat(faulted).Select(one => one.Step).Distinct()
                   let still = waiting.Find(one => one.Step == step)
                   let stopped = faulted.Find(one => one.Step == step)
                   orderby stopped.Count descending, still.Count descending, step
                   select new StepLoad(step, still.Count, stopped.Count, still.Since)];
    }

    /// <summary>Incidents of the same error at the same step, the most frequent first.</summary>
    public Task<List<FaultGroup>> Faults(string? definitionId, CancellationToken cancellationToken) =>
        new Query(side,
            """
            select coalesce(fault_sig, 0) as signature, definition_id, fault_code, fault_activity, min(fault_message) as message, count(*) as n,
                   min(updated_at) as since, max(updated_at) as latest
            from instance
            """)
            .Where("incidents > 0").Where("status < 8").Where("definition_id = {0}", definitionId)
            .Then("group by fault_sig, definition_id, fault_code, fault_activity order by n desc, since limit {0}", MostGroups)
            .Read(row => new FaultGroup(row.Long("signature"), row.Text("definition_id"), row.TextOrNull("fault_activity"), row.TextOrNull("fault_code"))
            {
                Message = row.TextOrNull("message"), Count = row.Int("n"), Since = row.Instant("since"), Latest = row.Instant("latest")
            }, cancellationToken);

    /// <summary>People's tasks past their moment, by the role that should do them.</summary>
    /// <param name="now">Business time.</param>
    public Task<List<LateTasks>> LateTasks(DateTimeOffset now, CancellationToken cancellationToken) =>
        new Query(side, "select role, count(*) as n, min(due_at) as oldest from task").Where("state < 5").Where("due_at < {0}", now)
            .Then("group by role order by n desc").Read(row => new LateTasks(row.TextOrNull("role"), row.Int("n"), row.Instant("oldest")), cancellationToken);

    /// <summary>How many instances began and ended from each of these instants to the next one, in their order.</summary>
    public Task<List<DayLoad>> Trend(IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken) =>
        Between(edges, "(select count(*) from instance where created_at >= {0} and created_at < {1}) as started, (select count(*) from instance where finished_at >= {0} and finished_at < {1}) as ended")
            .Read(row => new DayLoad(row.Int("started"), row.Int("ended")), cancellationToken);

    /// <summary>How many open tasks are due from each of these instants to the next one, in their order.</summary>
    public Task<List<int>> Due(IReadOnlyList<DateTimeOffset> edges, CancellationToken cancellationToken) =>
        Between(edges, "(select count(*) from task where state < 5 and due_at >= {0} and due_at < {1}) as n").Read(row => row.Int("n"), cancellationToken);

    private Query Between(IReadOnlyList<DateTimeOffset> edges, string counts)
    {
        var query = new Query(side, "select * from (");
        for (var at = 0; at + 1 < edges.Count; at++)
            query.Then($"{(at == 0 ? "" : "union all ")}select {at} as part, {counts}", edges[at], edges[at + 1]);
        return query.Then(") as parts order by part");
    }

    /// <summary>What has not left yet, by target and state.</summary>
    /// <param name="slowBefore">What is pending since before this instant is slow.</param>
    public Task<List<TargetLoad>> ByTarget(DateTimeOffset slowBefore, CancellationToken cancellationToken)
    {
        // One branch per state, so that each is read from the index of that state.
        const string Columns = "target, state, count(*) as n, min(created_at) as oldest, max(attempts) as attempts, max(last_error) as error";
        const string Slow = "sum(case when attempts >= 5 or created_at < {0} then 1 else 0 end) as slow";
        var branches = new[] { "state = 0 and kind in (1, 2)", "state = 0 and kind in (3, 4, 5)", "state = 1", "state = 3", "state = 4" }
            .Select(condition => $"select {Columns}, {(condition.StartsWith("state = 0", StringComparison.Ordinal) ? Slow : "0 as slow")} from outbox where {condition} group by target, state");
        return new Query(side, "select * from (").Then(string.Join(" union all ", branches), slowBefore).Then(") as waiting order by target, state")
            .Read(row => new TargetLoad(row.Text("target"), (OutboxState)row.Int("state"), row.Int("n"))
            {
                Slow = row.Int("slow"), Oldest = row.Instant("oldest"), Attempts = row.Int("attempts"), LastError = row.TextOrNull("error")
            }, cancellationToken);
    }

    /// <summary>The processes that share this database, the one that was heard last first. Their instants are of the wall clock.</summary>
    public Task<List<NodeLine>> Nodes(CancellationToken cancellationToken) =>
        new Query(side, "select node_id, started_at, beat_at, version from node").Then("order by beat_at desc limit {0}", MostGroups)
            .Read(row => new NodeLine(row.Int("node_id"), row.Instant("started_at"), row.Instant("beat_at"), row.TextOrNull("version")), cancellationToken);
}
