using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Brings events and the bookmarks that wait for them together, whichever comes first.</summary>
/// <remarks>With one writer, publishing and committing never race; what PostgreSQL needs a lock for is plain order here.</remarks>
internal static class SqliteEvents
{
    private const string DedupScope = "event";

    public static PublishReceipt Publish(SqliteSession session, EventToPublish published)
    {
        var now = session.Now();
        if (published.DedupKey is not null && session.Do(
            "insert into idempotency (scope, key, request_hash, created_at) values ($1, $2, '', $3) on conflict do nothing",
            DedupScope, published.DedupKey, now) == 0)
        {
            return new PublishReceipt(0, false);
        }

        var started = SqliteTriggers.Begin(session, published);
        var kept = new KeptEvent(published.Name, published.CorrelationId, published.Payload, now + published.KeepFor);
        return Deliver(session, kept, published.DedupKey, mayPark: started == 0) with { Started = started };
    }

    /// <summary>Mails every bookmark that matches; parks the event until it expires when there is none.</summary>
    /// <param name="mayPark">False when it has started something.</param>
    public static PublishReceipt Deliver(SqliteSession session, KeptEvent kept, string? dedupKey = null, bool mayPark = true)
    {
        var matches = session.All(
            """
            select id, instance_id from bookmark
            where key_hash = $1 and key = $2 and ($3 is null or correlation_id is null or correlation_id = $3)
            order by created_at, id
            """,
            row => (Bookmark: row.Id(0), Instance: row.Id(1)), Hash(kept.Name), kept.Name, kept.CorrelationId);
        foreach (var match in matches)
        {
            SqliteMailbox.Consume(session, match.Instance, match.Bookmark);
            SqliteMailbox.PutEvent(session, match.Instance, match.Bookmark, kept);
        }

        var isParked = matches.Count == 0 && mayPark && Park(session, kept, dedupKey);
        return new PublishReceipt(matches.Select(match => match.Instance).Distinct().Count(), isParked);
    }

    /// <summary>The oldest parked event that a new bookmark accepts; it is parked no longer.</summary>
    public static KeptEvent? TakeParked(SqliteSession session, string key, string? correlationId) => session.One(
        """
        delete from parked_event where id = (
          select id from parked_event
          where key_hash = $1 and name = $2 and expires_at > $4 and ($3 is null or correlation_id is null or correlation_id = $3)
          order by created_at, rowid limit 1)
        returning name, correlation_id, payload, expires_at
        """,
        row => new KeptEvent(row.GetString(0), row.Text(1), row.Json(2), row.Instant(3)!.Value), Hash(key), key, correlationId, session.Now());

    /// <summary>64 bits of a name, for the index.</summary>
    public static long Hash(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    private static bool Park(SqliteSession session, KeptEvent kept, string? dedupKey)
    {
        var now = session.Now();
        if (kept.Expires <= now)
        {
            return false;
        }

        session.Do(
            """
            insert into parked_event (id, name, key_hash, correlation_id, payload, created_at, expires_at, dedup_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            Guid.CreateVersion7(now), kept.Name, Hash(kept.Name), kept.CorrelationId, kept.Payload, now, kept.Expires, dedupKey);
        return true;
    }
}
