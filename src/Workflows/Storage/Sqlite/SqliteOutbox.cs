using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>What leaves the house: leased to a sender, then settled once (rule 13).</summary>
internal static class SqliteOutbox
{
    /// <summary>True for rows of halted persons, except the handler's own and those that pass.</summary>
    public const string IsHalted =
        """
        (o.passes_halt = 0 and exists (select 1 from halt h where h.subject_id = o.subject_id and h.handler is not o.instance_id))
        """;

    /// <summary>True for rows whose target takes nothing for a while.</summary>
    public const string IsPaused = "exists (select 1 from paused_target p where p.target = o.target)";

    public static ImmutableArray<OutboxItem> Claim(SqliteSession session, int limit, TimeSpan lease)
    {
        var now = session.Now();
        var due = Due(session, isUrgent: true, limit, now);
        due.AddRange(Due(session, isUrgent: false, limit - due.Count, now));
        return [.. due.Select(id => Lease(session, id, session.LeaseNow + (long)lease.TotalMilliseconds, now))];
    }

    private static List<Guid> Due(SqliteSession session, bool isUrgent, int limit, DateTimeOffset now) => session.All(
        $"""
        select o.id from outbox o
        where o.state = 0 and o.kind in (1, 2) and o.urgent = {(isUrgent ? 1 : 0)} and o.next_at <= $1 and (o.lease_until is null or o.lease_until <= $2) and not {IsHalted}
          and not {IsPaused}
        order by o.next_at, o.number limit $3
        """,
        row => row.Id(0), now, session.LeaseNow, limit);

    public static bool Settle(SqliteSession session, OutboxResult result)
    {
        // An at-most-once call is never made again, whatever its caller proposes.
        var isAgain = !result.Delivered && result.RetryAt is not null;
        if (isAgain && session.Do(
            "update outbox set next_at = $2, lease_until = null, last_error = $3 where id = $1 and state = 0",
            result.Id, SqliteSession.Due(result.RetryAt!.Value), result.Error) > 0)
        {
            return true;
        }

        return Finish(session, result.Id, result.Delivered, result.Reply, result.Error);
    }

    public static int Expire(SqliteSession session)
    {
        var unknown = SqliteMailbox.Json(new HttpReply(0, JsonElement.Parse("null"), Error: "The outcome is not known: the call was begun and never answered for.", OutcomeUnknown: true));
        var lost = session.All("select id from outbox where state = 1 and lease_until <= $1", row => row.Id(0), session.LeaseNow);
        return lost.Count(id => Finish(session, id, isDelivered: false, unknown, "outcome unknown"));
    }

    /// <summary>Takes a row out of pending, and mails the answer to whoever waits for it.</summary>
    /// <returns>False when somebody else had settled it.</returns>
    public static bool Finish(SqliteSession session, Guid id, bool isDelivered, JsonElement reply, string? error)
    {
        var settled = session.One(
            """
            update outbox set state = $2, lease_until = null, last_error = $3, settled_at = $4
            where id = $1 and state in (0, 1) returning instance_id, reply_to
            """,
            row => new Settled(row.Id(0), row.IdOrNull(1)), id, isDelivered ? 2 : 3, error, session.Now());
        if (settled is { ReplyTo: { } bookmark })
        {
            SqliteMailbox.Send(session, new NewMail(settled.InstanceId, MailKind.Reply, reply, BookmarkId: bookmark));
        }

        return settled is not null;
    }

    private static OutboxItem Lease(SqliteSession session, Guid id, long until, DateTimeOffset now) => session.One(
        """
        update outbox set lease_until = $2, attempts = attempts + 1, state = case when class = 2 then 1 else 0 end
        where id = $1
        returning instance_id, activity_id, kind, target, payload, class, passes_halt, reply_to, attempts, created_at
        """,
        row => new OutboxItem(
            id, row.Id(0), row.GetString(1),
            new Message((MessageKind)row.GetInt32(2), row.GetString(3), row.Json(4)) { Class = (EffectClass)row.GetInt32(5), PassesHalt = row.GetInt64(6) != 0 },
            row.IdOrNull(7), row.GetInt32(8), row.Instant(9)!.Value, now),
        id, until)!;

    private sealed record Settled(Guid InstanceId, Guid? ReplyTo);
}
