using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>The rows beside the instance that a burst decided: bookmarks with their timers and tasks, and the outbox.</summary>
internal static class SqliteBurstRows
{
    public static void Write(SqliteSession session, BurstCommit burst, long seq)
    {
        var id = burst.Claim.InstanceId;
        List<KeptEvent> orphans = [];
        foreach (var dropped in burst.Dropped)
        {
            Drop(session, id, dropped, burst.At);
            orphans.AddRange(Orphans(session, id, dropped));
        }

        foreach (var row in burst.Outbox)
        {
            Send(session, burst, row);
        }

        if (burst.Status >= InstanceStatus.Finished)
        {
            orphans.AddRange(Finish(session, burst));
        }
        else
        {
            foreach (var bookmark in burst.Bookmarks)
            {
                Set(session, burst, bookmark, seq);
            }
        }

        // Last, so that a bookmark of this very burst may take an event that another of its bookmarks left.
        foreach (var orphan in orphans)
        {
            SqliteEvents.Deliver(session, orphan);
        }
    }

    private static void Drop(SqliteSession session, Guid instanceId, Guid bookmarkId, DateTimeOffset at)
    {
        SqliteMailbox.Consume(session, instanceId, bookmarkId);
        SqliteTasks.Cancel(session, "id", bookmarkId, at);
    }

    /// <summary>Event mail that nobody of this instance will read: its bookmark is gone. Rule 4: it is parked again.</summary>
    private static List<KeptEvent> Orphans(SqliteSession session, Guid instanceId, Guid bookmarkId) => session.All(
        "delete from inbox where instance_id = $1 and bookmark_id = $2 and kind = 2 returning event_name, event_correlation, payload, event_expires",
        row => new KeptEvent(row.GetString(0), row.Text(1), row.Json(2), row.Instant(3)!.Value), instanceId, bookmarkId);

    private static List<KeptEvent> Finish(SqliteSession session, BurstCommit burst)
    {
        var id = burst.Claim.InstanceId;
        session.Do("delete from bookmark where instance_id = $1", id);
        session.Do("delete from timer where instance_id = $1", id);
        session.Do("delete from mail_dedup where instance_id = $1", id);
        SqliteTasks.Cancel(session, "instance_id", id, burst.At);
        var orphans = session.All(
            "delete from inbox where instance_id = $1 and kind = 2 and event_name is not null returning event_name, event_correlation, payload, event_expires",
            row => new KeptEvent(row.GetString(0), row.Text(1), row.Json(2), row.Instant(3)!.Value), id);
        session.Do("delete from inbox where instance_id = $1", id);
        return orphans;
    }

    private static void Set(SqliteSession session, BurstCommit burst, NewBookmark row, long seq)
    {
        var (claim, bookmark) = (burst.Claim, row.Bookmark);
        var isEvent = bookmark is { Kind: BookmarkKind.Event, Key: not null };
        session.Do(
            """
            insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, key, key_hash, correlation_id, subject_id, created_seq, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            row.Id, claim.InstanceId, row.Ordinal, row.ActivityId, bookmark.Name, bookmark.Kind, bookmark.Key,
            isEvent ? SqliteEvents.Hash(bookmark.Key!) : null, bookmark.CorrelationId, claim.SubjectId, seq, burst.At);
        if (isEvent && SqliteEvents.TakeParked(session, bookmark.Key!, bookmark.CorrelationId) is { } early)
        {
            SqliteMailbox.Consume(session, claim.InstanceId, row.Id);
            SqliteMailbox.PutEvent(session, claim.InstanceId, row.Id, early);
        }
        else if (bookmark is { Kind: BookmarkKind.Timer, Due: { } due })
        {
            session.MadeWork = true;
            session.Do(
                "insert into timer (bookmark_id, instance_id, subject_id, due_at, rule) values ($1, $2, $3, $4, $5)",
                row.Id, claim.InstanceId, claim.SubjectId, SqliteSession.Due(due), bookmark.Rule is null ? null : SqliteMailbox.Json(bookmark.Rule));
        }
        else if (bookmark.Task is { } task)
        {
            SqliteTasks.Open(session, burst, row, task);
        }
    }

    private static void Send(SqliteSession session, BurstCommit burst, NewOutboxRow row)
    {
        // The same id again means the same thing again: sent anew only when it had been given up, or when its answer is waited for once more.
        session.MadeWork = true;
        var next = row.Message.NotBefore is { } notBefore ? SqliteSession.Due(notBefore) : burst.At.ToUnixTimeMilliseconds();
        session.Do(
            """
            insert into outbox (id, instance_id, subject_id, activity_id, kind, class, target, payload, reply_to, passes_halt, urgent, next_at, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (id) do update set
              state = 0, attempts = 0, lease_until = null, settled_at = null, next_at = excluded.next_at, payload = excluded.payload, reply_to = excluded.reply_to
            where outbox.class <> 2 and (outbox.state = 3 or (outbox.state = 2 and outbox.class = 1))
            """,
            row.Id, burst.Claim.InstanceId, burst.Claim.SubjectId, row.ActivityId, row.Message.Kind, row.Message.Class, row.Message.Target,
            row.Message.Payload.ValueKind == JsonValueKind.Undefined ? "null" : row.Message.Payload.GetRawText(), row.ReplyTo, row.Message.PassesHalt, row.Message.Urgent, next, burst.At);
    }
}
