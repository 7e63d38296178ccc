using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Carries out what stays inside the house: events, starts of other instances, mail. A row and its result are one savepoint.</summary>
internal static class SqliteRelay
{
    private const int MostAttempts = 5;

    public static int Relay(SqliteSession session, int limit, TimeSpan lease)
    {
        // Mail is the engine's own making: holding it back would leave a parent asleep.
        var due = session.All(
            $"""
            select o.id, o.instance_id, o.kind, o.payload, o.attempts from outbox o
            where o.state = 0 and o.kind in (3, 4, 5) and o.next_at <= $1 and (o.kind = 5 or not {SqliteOutbox.IsHalted})
            order by o.next_at, o.number limit $2
            """,
            row => new Row(row.Id(0), row.Id(1), (MessageKind)row.GetInt32(2), row.GetString(3), row.GetInt32(4)), session.Now(), limit);
        return due.Count(row => InSavepoint(session, row, lease));
    }

    private static bool InSavepoint(SqliteSession session, Row row, TimeSpan lease)
    {
        session.Do("savepoint relay");
        try
        {
            var isDone = row.Kind switch
            {
                MessageKind.Event => Publish(session, row),
                MessageKind.Start => Start(session, row, lease),
                _ => Mail(session, row)
            };
            session.Do("release relay");
            return isDone;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            session.Do("rollback to relay; release relay");
            Postpone(session, row, failure.Message);
            return false;
        }
    }

    private static bool Publish(SqliteSession session, Row row)
    {
        var published = row.Read<EventPublished>();
        SqliteEvents.Publish(session, new EventToPublish(published.Name, published.CorrelationId, published.Payload, EventToPublish.Week));
        return SqliteOutbox.Finish(session, row.Id, isDelivered: true, default, null);
    }

    private static bool Start(SqliteSession session, Row row, TimeSpan lease)
    {
        var child = row.Read<ChildStart>();
        if (SqliteDefinitions.Find(session, child.DefinitionId, TriggeredStarts.VersionOf(child)) is not { } definition)
        {
            return NoChild(session, row, child, $"The definition {child.DefinitionId} has no published version.");
        }

        var passesHalt = session.Exists("select 1 from outbox where id = $1 and passes_halt = 1", row.Id);
        var started = SqliteStart.Start(session, TriggeredStarts.Of(child, definition, row.InstanceId), lease, passesHalt);
        switch (started.Outcome)
        {
            case StartOutcome.Halted:
                // The child's person is halted, the parent's is not: it waits for LiftHalt.
                session.Do("update outbox set state = 4 where id = $1", row.Id);
                return false;
            case StartOutcome.NotActivated when child.Trigger is not null:
                return SqliteOutbox.Finish(session, row.Id, isDelivered: true, default, TriggeredStarts.Excluded(child, started.InstanceId));
            case StartOutcome.NotActivated:
                return NoChild(session, row, child, TriggeredStarts.Excluded(child, started.InstanceId));
            default:
                return SqliteOutbox.Finish(session, row.Id, isDelivered: true, default, null);
        }
    }

    /// <summary>Nothing can be started: whoever waits for the child hears that it failed, and the row stays as a dead letter.</summary>
    private static bool NoChild(SqliteSession session, Row row, ChildStart child, string why)
    {
        if (TriggeredStarts.NoChild(child, why) is { } mail)
        {
            SqliteMailbox.Send(session, mail);
        }

        return SqliteOutbox.Finish(session, row.Id, isDelivered: false, default, why);
    }

    private static bool Mail(SqliteSession session, Row row)
    {
        var mail = row.Read<NewMail>();
        if (mail.Kind == MailKind.Halt)
        {
            SqliteHalts.Halt(session, NewHalt.From(mail));
        }
        else
        {
            SqliteMailbox.Send(session, mail with { DedupKey = row.Id.ToString() });
        }

        return SqliteOutbox.Finish(session, row.Id, isDelivered: true, default, null);
    }

    private static void Postpone(SqliteSession session, Row row, string error)
    {
        if (row.Attempts + 1 >= MostAttempts)
        {
            SqliteOutbox.Finish(session, row.Id, isDelivered: false, default, error);
            return;
        }

        session.Do(
            "update outbox set attempts = attempts + 1, next_at = $2, last_error = $3 where id = $1",
            row.Id, session.Now().AddSeconds(1 << row.Attempts), error);
    }

    private sealed record Row(Guid Id, Guid InstanceId, MessageKind Kind, string Payload, int Attempts)
    {
        public T Read<T>() where T : class =>
            JsonSerializer.Deserialize<T>(Payload, JsonSerializerOptions.Web) ?? throw new JsonException($"The payload of outbox row {Id} is null.");
    }
}
