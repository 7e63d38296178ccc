using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads instances for the API and the operators' pages. Nothing here changes anything.</summary>
/// <param name="open">Turns stored bytes into the instance: their form is the runtime's affair.</param>
/// <param name="visibility">What is not visible is not there; null where everything is.</param>
public sealed class InstanceQueries(ReadSide side, Func<byte[], Instance> open, InstanceVisibility? visibility = null)
{
    private const string Columns =
        """
        select i.id, i.definition_id, i.definition_version, i.definition_version_id, i.status, i.seq, i.name, i.correlation_id, i.business_key,
               i.subject_id, i.parent_id, i.started_by, i.incidents, i.fault_code, i.fault_message, i.fault_activity,
               i.wait_kind, i.wait_activity, i.wait_since, i.created_at, i.updated_at, i.finished_at,
               -- A moved deadline stands in the task and the timers; what the last burst wrote may be older.
               coalesce((select min(k.due_at) from task k where k.instance_id = i.id and k.activity_id = i.wait_activity and k.state < 5),
                        (select min(t.due_at) from bookmark b join timer t on t.bookmark_id = b.id
                         where b.instance_id = i.id and b.activity_id = i.wait_activity), i.wait_due) as wait_due
        from instance i
        """;

    /// <summary>Whether nothing is hidden from whoever asks.</summary>
    public bool ShowsAll => visibility?.Instances() is null;

    /// <summary>Newest first; at most <see cref="Cursor.MaxTake"/> rows.</summary>
    public async Task<Page<InstanceSummary>> List(InstanceFilter filter, string? after, int? take, CancellationToken cancellationToken)
    {
        var count = Cursor.Take(take);
        var rows = await Filtered(new Query(side, Columns), filter)
            .Before("i.created_at, i.id", Cursor.Parse(after))
            .Then("order by i.created_at desc, i.id desc limit {0}", count + 1)
            .Read(Summary, cancellationToken);
        return Cursor.Cut(rows, count, row => new Cursor(row.CreatedAt, row.Id));
    }

    /// <summary>Any order, by page number, with a capped total.</summary>
    public async Task<FoundInstances> Search(InstanceSearch search, CancellationToken cancellationToken)
    {
        var column = search.OrderBy switch
        {
            InstanceOrder.LastExecuted => "i.updated_at",
            InstanceOrder.Finished => "i.finished_at",
            InstanceOrder.Name => "i.name",
            _ => "i.created_at"
        };
        var direction = search.Ascending ? "asc" : "desc";
        var items = await Searched(new Query(side, Columns), search)
            .Then($"order by {column} {direction}, i.id {direction} limit {{0}} offset {{1}}", search.Take, Math.Min(search.Skip, InstanceSearch.Cap))
            .Read(Summary, cancellationToken);
        var total = await Searched(new Query(side, "select count(*) as n from (select 1 as one from instance i"), search)
            .Then("limit {0}) as counted", InstanceSearch.Cap)
            .Read(row => row.Int("n"), cancellationToken);
        return new FoundInstances(items, total[0]);
    }

    public async Task<InstanceSummary?> Find(Guid id, CancellationToken cancellationToken) =>
        (await new Query(side, Columns).Where("i.id = {0}", id).Seen(visibility?.Instances()).Read(Summary, cancellationToken)).FirstOrDefault();

    /// <summary>Where an instance stands for somebody who waits for its answer to a request; null when it is not there yet.</summary>
    public async Task<LookedAt?> Look(Guid id, Guid requestId, CancellationToken cancellationToken) =>
        (await new Query(side,
            """
            select i.status, i.wait_kind, s.state, (select count(*) from work w where w.instance_id = i.id and w.attempts < 5) as busy
            from instance i left join instance_state s on s.instance_id = i.id
            """)
            .Where("i.id = {0}", id).Seen(visibility?.Instances())
            .Read(row => new LookedAt(
                (InstanceStatus)row.Int("status"), (BookmarkKind?)row.IntOrNull("wait_kind"), row.Int("busy") > 0,
                row.BytesOrNull("state") is { } state ? open(state).Answers.FirstOrDefault(answer => answer.RequestId == requestId) : null), cancellationToken)).FirstOrDefault();

    /// <summary>The instance with its values, waits and incidents as of its last commit; null when there is none.</summary>
    public async Task<InstanceDetail?> Detail(Guid id, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { } summary)
            return null;

        var detail = new InstanceDetail
        {
            Summary = summary,
            Bookmarks = await Bookmarks(id, cancellationToken),
            Parked = (await new Query(side, "select last_error from work").Where("instance_id = {0}", id).Where("attempts >= 5")
                .Read(row => row.TextOrNull("last_error") ?? "", cancellationToken)).FirstOrDefault()
        };
        return await State(id, cancellationToken) is { } state ? Opened(detail, state) : detail;
    }

    /// <summary>The whole state as of the last commit; null before the first.</summary>
    internal async Task<Instance?> State(Guid id, CancellationToken cancellationToken) =>
        (await new Query(side, "select state from instance_state").Where("instance_id = {0}", id).Read(row => open(row.Bytes("state")), cancellationToken)).FirstOrDefault();

    /// <summary>How many bursts each of these instances has committed: one statement for all.</summary>
    public async Task<IReadOnlyList<(Guid Id, long Seq)>> Seqs(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await new Query(side, "select id, seq from instance").In("id", ids).Read(row => (row.Id("id"), row.Long("seq")), cancellationToken);

    /// <summary>Instances that stand still because of an incident, newest first.</summary>
    public Task<Page<InstanceSummary>> WithIncidents(string? definitionId, string? after, int? take, CancellationToken cancellationToken) =>
        List(new InstanceFilter { DefinitionId = definitionId, HasIncidents = true }, after, take, cancellationToken);

    /// <summary>The store is reachable and has its tables.</summary>
    public async Task<bool> IsReady(CancellationToken cancellationToken) =>
        (await new Query(side, "select count(*) as n from clock").Read(row => row.Int("n"), cancellationToken)) is [1];

    internal Task<List<BookmarkLine>> Bookmarks(Guid id, CancellationToken cancellationToken) =>
        new Query(side,
            """
            select b.id, b.activity_id, b.name, b.kind, b.key, b.correlation_id, b.created_at, t.due_at
            from bookmark b left join timer t on t.bookmark_id = b.id
            """)
            .Where("b.instance_id = {0}", id).Then("order by b.created_at, b.ordinal, b.id")
            .Read(row => new BookmarkLine(
                row.Id("id"), row.Text("activity_id"), row.Text("name"), ((BookmarkKind)row.Int("kind")).ToString(), row.TextOrNull("key"),
                row.TextOrNull("correlation_id"), row.Instant("created_at"), row.InstantOrNull("due_at")), cancellationToken);

    private static InstanceDetail Opened(InstanceDetail detail, Instance instance) => detail with
    {
        Input = instance.Input,
        Output = instance.Output,
        Variables = instance.Variables,
        Results = instance.Results,
        Incidents = [.. instance.Incidents.Select(incident => new IncidentLine(
            incident.Ordinal, incident.ActivityId, incident.ActivityType, incident.Code, incident.Message, incident.Detail,
            incident.At, incident.Attempts, incident.RetryAt))],
        Open = [.. instance.Frames.Select(frame => new OpenRun(frame.Ordinal, frame.ActivityId, frame.State.ToString()))]
    };

    private Query Filtered(Query query, InstanceFilter filter)
    {
        query.Seen(visibility?.Instances())
            .Where("i.definition_id = {0}", filter.DefinitionId)
            .Where("i.definition_version_id = {0}", filter.VersionId)
            .Where("i.correlation_id = {0}", filter.CorrelationId)
            .Where("i.business_key = {0}", filter.BusinessKey)
            .Where("i.subject_id = {0}", filter.SubjectId)
            .Where("i.parent_id = {0}", filter.ParentId)
            .Where("i.created_at >= {0}", filter.Since)
            .Where("i.created_at < {0}", filter.Until);
        return Incidents(Statuses(query, filter.Statuses), filter.HasIncidents);
    }

    private Query Searched(Query query, InstanceSearch search)
    {
        query.Seen(visibility?.Instances()).In("i.definition_id", search.DefinitionIds)
            .Where("i.definition_version = {0}", search.Version)
            .Where("i.correlation_id = {0}", search.CorrelationId)
            .Where("i.business_key = {0}", search.BusinessKey)
            .Where("i.fault_sig = {0}", search.Signature)
            .Where("(i.wait_activity = {0} or i.fault_activity = {0})", search.Step);
        Incidents(Statuses(query, search.Statuses), search.HasIncidents);
        foreach (var moment in search.Moments)
            query.Where(Condition(moment), moment.At);
        if (Guid.TryParse(search.Text, out var id))
            query.Where("i.id = {0}", id);
        else if (!string.IsNullOrWhiteSpace(search.Text))
            query.Where("(lower(i.name) like {0} or lower(i.business_key) like {0} or lower(i.correlation_id) like {0})", Like.Anywhere(search.Text));
        return query;
    }

    // What has not ended has no end: that is another moment than any.
    private static string Condition(MomentFilter filter)
    {
        var column = filter.Moment switch { InstanceMoment.UpdatedAt => "i.updated_at", InstanceMoment.FinishedAt => "i.finished_at", _ => "i.created_at" };
        return filter.Comparison switch
        {
            MomentComparison.IsNot => $"({column} <> {{0}} or {column} is null)",
            MomentComparison.LessThan => $"{column} < {{0}}",
            MomentComparison.GreaterThan => $"{column} > {{0}}",
            MomentComparison.LessThanOrEqual => $"{column} <= {{0}}",
            MomentComparison.GreaterThanOrEqual => $"{column} >= {{0}}",
            _ => $"{column} = {{0}}"
        };
    }

    private static Query Incidents(Query query, bool? has) => has switch
    {
        true => query.Where("i.incidents > 0"),
        false => query.Where("i.incidents = 0"),
        _ => query
    };

    // An unknown name must find nothing, not everything.
    private static Query Statuses(Query query, IReadOnlyList<string> names) =>
        query.In("i.status", [.. names.Select(name => Enum.TryParse<InstanceStatus>(name, ignoreCase: true, out var status) ? (int)status : -1)]);

    private static InstanceSummary Summary(Row row) => new()
    {
        Id = row.Id("id"),
        DefinitionId = row.Text("definition_id"),
        Version = row.Int("definition_version"),
        VersionId = row.Text("definition_version_id"),
        Status = ((InstanceStatus)row.Int("status")).ToString(),
        Seq = row.Long("seq"),
        Name = row.TextOrNull("name"),
        CorrelationId = row.TextOrNull("correlation_id"),
        BusinessKey = row.TextOrNull("business_key"),
        SubjectId = row.TextOrNull("subject_id"),
        ParentId = row.IdOrNull("parent_id"),
        StartedBy = row.TextOrNull("started_by"),
        Incidents = row.Int("incidents"),
        Fault = row.TextOrNull("fault_code") is { } code ? new InstanceFault(code, row.TextOrNull("fault_message"), row.TextOrNull("fault_activity")) : null,
        Waits = row.IntOrNull("wait_kind") is { } kind
            ? new InstanceWait(((BookmarkKind)kind).ToString(), row.TextOrNull("wait_activity"), row.InstantOrNull("wait_since"), row.InstantOrNull("wait_due"))
            : null,
        CreatedAt = row.Instant("created_at"),
        UpdatedAt = row.Instant("updated_at"),
        FinishedAt = row.InstantOrNull("finished_at")
    };
}
