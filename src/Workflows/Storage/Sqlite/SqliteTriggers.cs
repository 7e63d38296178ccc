namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>How published versions start by themselves: kept with the definition, fired by events and schedules. The relay makes the instances.</summary>
internal static class SqliteTriggers
{
    /// <summary>The definition that has one of these methods and paths already.</summary>
    public static SaveReceipt? Clash(SqliteSession session, StoredDefinition definition) => definition.Triggers
        .Where(trigger => trigger.Kind == TriggerKind.Http)
        .Select(trigger => session.One(
            "select definition_id from start_trigger where kind = 2 and key = $1 and definition_id <> $2",
            row => new SaveReceipt(false, trigger.Key, row.GetString(0)), trigger.Key, definition.DefinitionId))
        .FirstOrDefault(clash => clash is not null);

    /// <summary>They take the place of the former version's; a schedule under the same key keeps its next moment.</summary>
    public static void Replace(SqliteSession session, StoredDefinition definition)
    {
        var former = session.All(
            "select activity_id, key from start_trigger where definition_id = $1", row => (Activity: row.GetString(0), Key: row.GetString(1)), definition.DefinitionId);
        foreach (var (activity, key) in former.Except(definition.Triggers.Select(trigger => (trigger.ActivityId, trigger.Key))))
        {
            session.Do("delete from start_trigger where definition_id = $1 and activity_id = $2 and key = $3", definition.DefinitionId, activity, key);
        }

        foreach (var trigger in definition.Triggers)
        {
            session.Do(
                """
                insert into start_trigger (definition_id, activity_id, key, kind, version, settings, due_at) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (definition_id, activity_id, key) do update set kind = excluded.kind, version = excluded.version, settings = excluded.settings
                """,
                definition.DefinitionId, trigger.ActivityId, trigger.Key, trigger.Kind, definition.Version, trigger.Settings,
                trigger.Due is { } due ? SqliteSession.Due(due) : null);
        }
    }

    public static void Remove(SqliteSession session, string definitionId) => session.Do("delete from start_trigger where definition_id = $1", definitionId);

    /// <summary>Starts whatever is triggered by an event; each time it is called, so only for an event that is published for the first time.</summary>
    /// <returns>How many instances will start.</returns>
    public static int Begin(SqliteSession session, EventToPublish published)
    {
        var triggered = session.All(
            "select definition_id, version, activity_id, key from start_trigger where kind = 1 and key = $1",
            row => new StandingTrigger(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), default), published.Name);
        foreach (var trigger in triggered)
        {
            Send(session, new ChildStart(Guid.CreateVersion7(), trigger.DefinitionId, FlowJson.Of(new { }), published.CorrelationId)
            {
                Version = trigger.Version,
                Trigger = new TriggerFired(trigger.ActivityId, TriggerKind.Event, published.Payload)
            });
        }

        return triggered.Count;
    }

    /// <summary>Starts what is due by a schedule, once for all that was missed, and moves the schedules on.</summary>
    public static int Fire(SqliteSession session, int limit)
    {
        var now = session.Now();
        var due = session.All(
            "select definition_id, version, activity_id, key, due_at from start_trigger where due_at <= $1 order by due_at limit $2",
            row => (Trigger: new StandingTrigger(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), default), Due: row.Instant(4)!.Value), now, limit);
        foreach (var (trigger, moment) in due)
        {
            Send(session, trigger.At(moment));
            session.Do(
                "update start_trigger set due_at = $4 where definition_id = $1 and activity_id = $2 and key = $3",
                trigger.DefinitionId, trigger.ActivityId, trigger.Key, trigger.After(moment, now) is { } next ? SqliteSession.Due(next) : null);
        }

        return due.Count;
    }

    private static void Send(SqliteSession session, ChildStart start)
    {
        session.MadeWork = true;
        var now = session.Now();
        session.Do(
            """
            insert into outbox (id, instance_id, activity_id, kind, class, target, payload, next_at, created_at) values ($1, $1, $2, $3, 0, $4, $5, $6, $6)
            on conflict (id) do nothing
            """,
            start.InstanceId, start.Trigger!.ActivityId, MessageKind.Start, "start:" + start.DefinitionId, FlowJson.Of(start), now);
    }
}
