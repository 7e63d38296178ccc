using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Puts mail into mailboxes and wakes their owners. Whoever mails a bookmark consumes it (rule 4).</summary>
internal static class SqliteMailbox
{
    public static MailReceipt Send(SqliteSession session, NewMail mail)
    {
        if (mail.DedupKey is not null && session.Exists("select 1 from mail_dedup where instance_id = $1 and dedup_key = $2", mail.InstanceId, mail.DedupKey))
        {
            return MailReceipt.Repeated;
        }

        if (!IsOpen(session, mail.InstanceId))
        {
            return MailReceipt.NoInstance;
        }

        if (mail.BookmarkId is { } bookmark && !Consume(session, mail.InstanceId, bookmark))
        {
            return MailReceipt.Late;
        }

        if (mail.Kind is MailKind.Cancel or MailKind.Retry or MailKind.Resume or MailKind.Mend)
        {
            session.Do("update work set attempts = 0 where instance_id = $1 and attempts >= $2", mail.InstanceId, SqliteClaim.Poison);
        }

        if (mail.DedupKey is not null)
        {
            session.Do("insert into mail_dedup values ($1, $2)", mail.InstanceId, mail.DedupKey);
        }

        Put(session, mail, TimeSpan.Zero);
        return MailReceipt.Delivered;
    }

    public static bool IsOpen(SqliteSession session, Guid instanceId) =>
        session.Exists("select 1 from instance where id = $1 and status < 8", instanceId);

    /// <summary>Takes a bookmark and its timer away. Taking nothing means that somebody else did: the mail is late.</summary>
    public static bool Consume(SqliteSession session, Guid instanceId, Guid bookmarkId)
    {
        if (session.Do("delete from bookmark where id = $1 and instance_id = $2", bookmarkId, instanceId) == 0)
        {
            return false;
        }

        session.Do("delete from timer where bookmark_id = $1", bookmarkId);
        return true;
    }

    /// <summary>Writes the mail and wakes its owner; the bookmark has been consumed already.</summary>
    /// <returns>The mail's id.</returns>
    public static long Put(SqliteSession session, NewMail mail, TimeSpan lateness)
    {
        var id = session.One(
            """
            insert into inbox (instance_id, kind, bookmark_id, dedup_key, payload, at, lateness_ms)
            values ($1, $2, $3, $4, $5, $6, $7) returning id
            """,
            row => row.GetInt64(0), mail.InstanceId, mail.Kind, mail.BookmarkId, mail.DedupKey, mail.Payload, session.Now(), lateness);
        Wake(session, mail.InstanceId);
        return id;
    }

    /// <summary>Event mail remembers what it was, so that it can go to somebody else when its bookmark is dropped before it is read.</summary>
    public static void PutEvent(SqliteSession session, Guid instanceId, Guid bookmarkId, KeptEvent kept)
    {
        session.Do(
            """
            insert into inbox (instance_id, kind, bookmark_id, payload, at, event_name, event_correlation, event_expires)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            instanceId, MailKind.Event, bookmarkId, kept.Payload, session.Now(), kept.Name, kept.CorrelationId, kept.Expires);
        Wake(session, instanceId);
    }

    /// <summary>Makes an instance claimable. One that is claimed stays so; its wake count tells the commit that more came.</summary>
    public static void Wake(SqliteSession session, Guid instanceId)
    {
        session.MadeWork = true;
        session.Do(
            """
            insert into work (instance_id, ready_at) values ($1, $2)
            on conflict (instance_id) do update set
              wake = wake + 1,
              ready_at = case when claim_token is null then min(ready_at, excluded.ready_at) else ready_at end
            """,
            instanceId, session.LeaseNow);
    }

    public static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);
}

/// <summary>An event on its way to whoever waits for it, or parked.</summary>
/// <param name="Expires">Until when it may be parked (business time); before that instant it is kept.</param>
internal sealed record KeptEvent(string Name, string? CorrelationId, JsonElement Payload, DateTimeOffset Expires);
