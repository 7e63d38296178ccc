namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>The clock, answers to repeated requests, what comes next, heartbeats and sweeping.</summary>
internal static class SqliteUpkeep
{
    /// <summary>How much one sweep deletes of each kind, so that it never holds the writer for long.</summary>
    private const int SweepPage = 5000;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public static FlowClock ReadClock(SqliteSession session) =>
        session.ManualNow() is { } manual ? new FlowClock(manual, true) : new FlowClock(session.Now(), false);

    public static bool SetClock(SqliteSession session, DateTimeOffset manual)
    {
        session.MadeWork = true;
        return session.Do("update clock set manual_now = $1 where manual_now is null or manual_now < $1", manual) > 0;
    }

    public static IdempotentAnswer? Recall(SqliteSession session, IdempotencyKey key) => session.One(
        "select request_hash, status, body from idempotency where scope = $1 and key = $2",
        row => new IdempotentAnswer(false, row.GetString(0) == key.RequestHash, row.Number(1) is { } status ? new StoredAnswer((int)status, row.Text(2) ?? "") : null),
        key.Scope, key.Key);

    public static IdempotentAnswer Remember(SqliteSession session, IdempotencyKey key, StoredAnswer answer)
    {
        if (Recall(session, key) is { } earlier)
        {
            return earlier;
        }

        session.Do(
            "insert into idempotency (scope, key, request_hash, status, body, created_at) values ($1, $2, $3, $4, $5, $6)",
            key.Scope, key.Key, key.RequestHash, answer.Status, answer.Body, session.Now());
        return new IdempotentAnswer(true, true, answer);
    }

    public static Agenda ReadAgenda(SqliteSession session)
    {
        const string timers =
            """
            from timer t where not exists (select 1 from halt h where h.subject_id = t.subject_id and h.handler is not t.instance_id)
            """;
        const string sends = $"from outbox o where o.state = 0 and (o.kind = 5 or not {SqliteOutbox.IsHalted}) and (o.kind > 2 or not {SqliteOutbox.IsPaused})";
        var now = session.Now();
        var next = session.One(
            $"select min(at) from (select min(t.due_at) as at {timers} and t.due_at > $1 union all select min(due_at) from start_trigger where due_at > $1 union all select min(o.next_at) {sends} and o.next_at > $1)",
            row => row.Instant(0), now);
        return new Agenda(
            next,
            (int)session.Count("select count(*) from work where attempts < $1 or (claim_token is not null and ready_at > $2)", SqliteClaim.Poison, session.LeaseNow),
            (int)(session.Count($"select count(*) {sends} and o.next_at <= $1", now) + session.Count("select count(*) from outbox where state = 1")),
            (int)(session.Count($"select count(*) {timers} and t.due_at <= $1", now) + session.Count("select count(*) from start_trigger where due_at <= $1", now)));
    }

    public static int Beat(SqliteSession session, NodeBeat beat)
    {
        var now = session.LeaseNow;
        session.Do(
            """
            insert into node (node_id, started_at, beat_at, version) values ($1, $2, $2, $3)
            on conflict (node_id) do update set beat_at = excluded.beat_at, version = excluded.version
            """,
            beat.NodeId, now, beat.Version);
        var freed = session.Do(
            """
            update work set claim_token = null, claimed_by = null, ready_at = $1
            where claim_token is not null and (claimed_by in (select node_id from node where beat_at <= $2 and node_id <> $3) or $4 = 1 and claimed_by = $3)
            """,
            now, now - (long)Silence.TotalMilliseconds, beat.NodeId, beat.IsFirst ? 1 : 0);
        session.MadeWork |= freed > 0;
        return freed;
    }

    public static int Sweep(SqliteSession session, SqliteStoreOptions options)
    {
        var now = session.Now();
        return session.Do("delete from parked_event where rowid in (select rowid from parked_event where expires_at <= $1 limit $2)", now, SweepPage)
            + session.Do("delete from idempotency where rowid in (select rowid from idempotency where created_at <= $1 limit $2)", now - options.KeepKeys, SweepPage)
            + session.Do("delete from outbox where number in (select number from outbox where state = 2 and settled_at <= $1 limit $2)", now - options.KeepDelivered, SweepPage);
    }
}
