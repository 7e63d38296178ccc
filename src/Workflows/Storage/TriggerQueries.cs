using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Finds who takes a request from outside: a published version that it starts, or an instance that waits for it.</summary>
public sealed class TriggerQueries(ReadSide side)
{
    private const int Enough = 2;

    /// <summary>How a definition starts by itself: for the operators' pages.</summary>
    public Task<List<TriggerLine>> Of(string definitionId, CancellationToken cancellationToken) =>
        new Query(side, "select activity_id, kind, key, version, due_at from start_trigger").Where("definition_id = {0}", definitionId).Then("order by activity_id, key")
            .Read(row => new TriggerLine(row.Text("activity_id"), ((TriggerKind)row.Int("kind")).ToString(), row.Text("key"), row.Int("version"), row.InstantOrNull("due_at")), cancellationToken);

    /// <param name="keys">The keys that the request may go by, the most exact first (unique index start_trigger_http).</param>
    public async Task<StandingTrigger?> ForRequest(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = await new Query(side, "select definition_id, version, activity_id, key, settings from start_trigger").Where("kind = 2").In("key", keys)
            .Read(row => new StandingTrigger(row.Text("definition_id"), row.Int("version"), row.Text("activity_id"), row.Text("key"), row.Json("settings")), cancellationToken);
        return keys.Select(key => found.Find(trigger => trigger.Key == key)).FirstOrDefault(trigger => trigger is not null);
    }

    /// <summary>Waits that the request may end, of the most exact key; more than one when it is not clear which.</summary>
    /// <param name="names">The names of the event for each key, the most exact first.</param>
    /// <param name="correlationId">Only an instance with this correlation; null for any.</param>
    public async Task<IReadOnlyList<WaitingRequest>> Waiting(IReadOnlyList<string> names, string? correlationId, CancellationToken cancellationToken)
    {
        var query = new Query(side, "select b.id, b.instance_id, b.name, b.key from bookmark b join instance i on i.id = b.instance_id").Where("b.kind = 1");
        query = side.Kind == StorageKind.Sqlite
            ? query.In("b.key_hash", [.. names.Select(SqliteEvents.Hash)])
            : query.WhereAll($"b.key_hash in ({string.Join(", ", names.Select((_, place) => $"hashtextextended({{{place}}}, 0)"))})", [.. names]);
        var found = await query.In("b.key", names).Where("i.correlation_id = {0}", correlationId).Then("limit {0}", names.Count * Enough)
            .Read(row => new WaitingRequest(row.Id("instance_id"), row.Id("id"), row.Text("name"), row.Text("key")), cancellationToken);
        return names.Select(name => found.FindAll(waiting => waiting.Key == name)).FirstOrDefault(waiting => waiting.Count > 0) ?? [];
    }
}

/// <summary>One way in which a definition starts by itself.</summary>
/// <param name="Kind">Event, Http or Schedule.</param>
/// <param name="Due">The next moment of a schedule.</param>
public sealed record TriggerLine(string ActivityId, string Kind, string Key, int Version, DateTimeOffset? Due);

/// <summary>An instance that waits for a request.</summary>
/// <param name="Name">The bookmark's name: it says who may send.</param>
public sealed record WaitingRequest(Guid InstanceId, Guid BookmarkId, string Name, string Key);
