using System.Collections.Immutable;
using System.Globalization;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Looks for what must never be: K6 to K10. Anything found is a fault of the engine.</summary>
internal static class SqliteInvariants
{
    // Each gives the number and one example of what has been so since before $1.
    private static readonly (string Code, string What, string Sql)[] Checks =
    [
        ("K6", "open instances that nothing can wake",
            """
            select count(*), min(i.id) from instance i
            where i.updated_at <= $1 and not exists (select 1 from work k where k.instance_id = i.id)
              and (i.status = 1 or (i.status = 2 and not exists (select 1 from bookmark b where b.instance_id = i.id)))
            """),
        ("K7", "bookmarks of instances that have ended",
            """
            select count(*), min(b.id) from bookmark b left join instance i on i.id = b.instance_id
            where b.created_at <= $1 and (i.id is null or i.status >= 8)
            """),
        ("K8", "timers without a bookmark",
            """
            select count(*), min(t.bookmark_id) from timer t
            where $1 is not null and not exists (select 1 from bookmark b where b.id = t.bookmark_id)
            """),
        ("K9", "mail that wakes nobody",
            """
            select count(*), min(m.instance_id) from inbox m left join instance i on i.id = m.instance_id
            where m.at <= $1 and not exists (select 1 from work k where k.instance_id = m.instance_id)
              and (i.id is null or i.status not in (3, 4))
            """),
        ("K10", "children that have ended while the parent still waits for them",
            """
            select count(*), min(c.id) from instance c join bookmark b on b.id = c.parent_bookmark
            where c.status >= 8 and c.finished_at <= $1
              and not exists (select 1 from outbox o where o.instance_id = c.id and o.kind = 5 and o.state = 0)
            """)
    ];

    /// <summary>One entry per broken invariant, with how many break it.</summary>
    public static ImmutableArray<Violation> Check(SqliteSession session, TimeSpan grace)
    {
        var since = session.Now() - grace;
        return [.. Checks.Select(check => session.One(
            check.Sql,
            row => row.GetInt64(0) == 0
                ? null
                : new Violation(check.Code, string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(0)} {check.What}"), row.GetString(1)),
            since)).OfType<Violation>()];
    }
}
