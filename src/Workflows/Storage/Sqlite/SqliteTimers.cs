using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Fires what is due and moves deadlines when the calendar changes. A timer is a row (I6).</summary>
internal static class SqliteTimers
{
    public static TimeSpan? Next(SqliteSession session, TimeSpan within)
    {
        if (session.ManualNow() is not null)
        {
            return null;
        }

        var now = session.Now();
        return session.One(
            """
            select min(at) from (
              select min(due_at) as at from timer where due_at > $1 and due_at <= $2
              union all select min(due_at) from start_trigger where due_at > $1 and due_at <= $2)
            """,
            row => row.Instant(0), now, now + within) is { } due ? due - now : null;
    }

    public static int Fire(SqliteSession session, int limit)
    {
        var now = session.Now();
        var due = session.All(
            """
            select t.bookmark_id, t.instance_id, t.due_at from timer t
            where t.due_at <= $1 and not exists (select 1 from halt h where h.subject_id = t.subject_id and h.handler is not t.instance_id)
            order by t.due_at limit $2
            """,
            row => (Bookmark: row.Id(0), Instance: row.Id(1), Due: row.Instant(2)!.Value), now, limit);
        var fired = 0;
        foreach (var timer in due)
        {
            if (!SqliteMailbox.Consume(session, timer.Instance, timer.Bookmark))
            {
                // Nobody waits for it any more; CheckInvariants would have called it an orphan (K8).
                session.Do("delete from timer where bookmark_id = $1", timer.Bookmark);
                continue;
            }

            SqliteMailbox.Put(session, new NewMail(timer.Instance, MailKind.Timer, default, BookmarkId: timer.Bookmark), now - timer.Due);
            fired++;
        }

        return fired;
    }

    public static List<RuledTimer> Ruled(SqliteSession session) => session.All(
        "select bookmark_id, rule, due_at from timer where rule is not null",
        row => new RuledTimer(row.Id(0), row.GetString(1), row.GetInt64(2)));

    /// <summary>Moves the timers that still stand as they were read; the task of the same run moves along; what an instance waits for is read from both.</summary>
    public static int Move(SqliteSession session, IReadOnlyList<(RuledTimer Timer, long Due)> moves)
    {
        var moved = 0;
        foreach (var (timer, due) in moves)
        {
            if (session.Do("update timer set due_at = $3 where bookmark_id = $1 and due_at = $2", timer.Id, timer.Due, due) == 0)
            {
                continue;
            }

            session.Do(
                """
                update task set due_at = $3 where due_at = $2 and state < 5 and id in (
                  select b.id from bookmark t join bookmark b on b.instance_id = t.instance_id and b.ordinal = t.ordinal where t.id = $1)
                """,
                timer.Id, timer.Due, due);
            moved++;
        }

        session.MadeWork |= moved > 0;
        return moved;
    }

    /// <summary>A timer with the rule by which it was computed.</summary>
    internal sealed record RuledTimer(Guid Id, string RuleText, long Due)
    {
        public DueRule Rule => JsonSerializer.Deserialize<DueRule>(RuleText, JsonSerializerOptions.Web)!;
    }
}
