namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Interrupts of a person (rule 12). Timers, outbox and starts look for the row; nothing is copied into theirs.</summary>
internal static class SqliteHalts
{
    public static int Halt(SqliteSession session, NewHalt halt)
    {
        if (session.Do(
            "insert into halt (subject_id, kind, since, handler) values ($1, $2, $3, $4) on conflict do nothing",
            halt.SubjectId, halt.Kind, session.Now(), halt.Handler) == 0)
        {
            // A repeat only names a handler that was missing.
            session.Do("update halt set handler = coalesce(handler, $3) where subject_id = $1 and kind = $2", halt.SubjectId, halt.Kind, halt.Handler);
            return 0;
        }

        // The handler is told by whoever started it; the mail is for those it must stop.
        var open = session.All(
            "select id from instance where subject_id = $1 and status < 8 and ($2 is null or id <> $2) order by created_at, id",
            row => row.Id(0), halt.SubjectId, halt.Handler);
        foreach (var id in open)
        {
            SqliteMailbox.Put(session, new NewMail(id, MailKind.Halt, halt.Payload), TimeSpan.Zero);
        }

        return open.Count;
    }

    public static int Lift(SqliteSession session, string subjectId)
    {
        session.MadeWork = true;
        session.Do("update outbox set state = 0 where state = 4");
        return session.Do("delete from halt where subject_id = $1", subjectId);
    }
}
