using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>The ways to be stuck that the engine's own tables show (engine.md 2.2).</summary>
internal static class EngineRules
{
    // Where a row of one table asks for one of another, it is by a subselect: a join might be planned over all of both.
    private static readonly StuckSlices Instances = new("instance", "id");
    private static readonly StuckSlices Bookmarks = new("bookmark", "id");
    private static readonly StuckSlices Timers = new("timer", "bookmark_id");

    // A run may wait at several bookmarks; one of them tells of it, and a timer only when there is nothing else.
    private const string OnePerRun =
        """
        (select count(*) from bookmark f where f.instance_id = b.instance_id and f.ordinal = b.ordinal
                and (f.kind <> 2 and b.kind = 2 or (f.kind = 2) = (b.kind = 2) and f.id < b.id)) = 0
        """;

    public static ImmutableArray<StuckRule> All { get; } =
    [
        new("K1", StuckSeverity.Operator, TimeSpan.Zero,
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.fault_activity as activity_id, i.updated_at as since,
                   coalesce(i.fault_code, '') || ': ' || coalesce(i.fault_message, '') as detail
            from instance i
            where i.incidents > 0 and i.status < 8 and i.updated_at <= @before and coalesce(i.fault_code, '') <> 'child.faulted'
              and (select count(*) from bookmark b where b.instance_id = i.id and b.name = '$retry') = 0
            """),
        new("K2", StuckSeverity.Operator, TimeSpan.FromMinutes(1),
            """
            select cast(t.bookmark_id as text) as ref, t.instance_id, b.activity_id, t.due_at as since, b.name as detail
            from timer t join bookmark b on b.id = t.bookmark_id
            where t.due_at <= @before and not exists (select 1 from halt h where h.subject_id = t.subject_id)
            """),
        new("K3", StuckSeverity.Operator, TimeSpan.FromSeconds(10),
            """
            select cast(w.instance_id as text) as ref, w.instance_id, i.wait_activity as activity_id, w.ready_at as since, cast(w.claimed_by as text) as detail
            from work w left join instance i on i.id = w.instance_id
            where w.claim_token is not null and w.attempts < 5 and w.ready_at <= @machine
            """),
        new("K4", StuckSeverity.Operator, TimeSpan.FromSeconds(30),
            """
            select cast(w.instance_id as text) as ref, w.instance_id, i.wait_activity as activity_id, w.ready_at as since, '' as detail
            from work w left join instance i on i.id = w.instance_id
            where w.claim_token is null and w.attempts < 5 and w.ready_at <= @machine
            """),
        new("K5", StuckSeverity.Operator, TimeSpan.Zero,
            """
            select cast(w.instance_id as text) as ref, w.instance_id, i.wait_activity as activity_id, w.ready_at as since, coalesce(w.last_error, '') as detail
            from work w left join instance i on i.id = w.instance_id
            where w.attempts >= 5
            """),
        new("K6", StuckSeverity.Engine, TimeSpan.FromMinutes(2),
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, i.updated_at as since, '' as detail
            from @slice i
            where i.status in (1, 2) and i.updated_at <= @before and not exists (select 1 from work w where w.instance_id = i.id)
              and (i.status = 1 or (select count(*) from bookmark b where b.instance_id = i.id) = 0)
            """) { Slices = Instances },
        new("K7", StuckSeverity.Engine, TimeSpan.FromMinutes(1),
            """
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.created_at as since, b.name as detail
            from @slice b where b.created_at <= @before and coalesce((select i.status from instance i where i.id = b.instance_id), 9) >= 8
            """) { Slices = Bookmarks },
        new("K8", StuckSeverity.Engine, TimeSpan.Zero,
            """
            select cast(t.bookmark_id as text) as ref, t.instance_id, cast(null as text) as activity_id, t.due_at as since, '' as detail
            from @slice t where not exists (select 1 from bookmark b where b.id = t.bookmark_id)
            """) { Slices = Timers, LeadsFromInstance = false },
        new("K9", StuckSeverity.Engine, TimeSpan.FromSeconds(30),
            """
            select cast(m.instance_id as text) as ref, m.instance_id, i.wait_activity as activity_id, min(m.at) as since, cast(count(*) as text) as detail
            from inbox m left join instance i on i.id = m.instance_id
            where m.at <= @before and coalesce(i.status, 0) not in (3, 4) and not exists (select 1 from work w where w.instance_id = m.instance_id)
            group by m.instance_id, i.wait_activity
            """),
        new("K10", StuckSeverity.Engine, TimeSpan.FromMinutes(1),
            """
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, c.finished_at as since, cast(c.id as text) as detail
            from @slice b join instance c on c.parent_id = b.instance_id and c.parent_bookmark = b.id
            where b.kind = 4 and c.status >= 8 and c.finished_at <= @before
              and not exists (select 1 from inbox m where m.instance_id = b.instance_id and m.bookmark_id = b.id)
              and not exists (select 1 from outbox o where o.instance_id = c.id and o.kind = 5 and o.state = 0)
            """) { Slices = Bookmarks },
        new("K11", StuckSeverity.Operator, TimeSpan.Zero,
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, i.updated_at as since, i.definition_version_id as detail
            from @slice i where i.status < 8 and not exists (select 1 from definition d where d.version_id = i.definition_version_id)
            """) { Slices = Instances },
        new("K12", StuckSeverity.Watch, TimeSpan.FromMinutes(10),
            """
            select cast(e.id as text) as ref, cast(null as uuid) as instance_id, cast(null as text) as activity_id, e.created_at as since,
                   e.name || coalesce(' · ' || e.correlation_id, '') as detail
            from parked_event e where e.created_at <= @before
            """),
        new("K13", StuckSeverity.Operator, OutboxQueries.Slow,
            """
            select cast(o.id as text) as ref, o.instance_id, o.activity_id, o.created_at as since, o.target || coalesce(': ' || o.last_error, '') as detail
            from outbox o where o.state = 0 and o.kind in (1, 2) and (o.attempts >= 5 or o.created_at <= @before)
            union all
            select cast(o.id as text), o.instance_id, o.activity_id, coalesce(o.settled_at, o.created_at), o.target || coalesce(': ' || o.last_error, '')
            from outbox o where o.state = 3
            """),
        new("K14", StuckSeverity.Business, TimeSpan.Zero,
            """
            select cast(k.id as text) as ref, k.instance_id, k.activity_id, k.due_at as since, k.title || ' · ' || coalesce(k.assignee, k.role, '') as detail
            from task k where k.state < 5 and k.due_at < @before
            """),
        new("K15", StuckSeverity.Business, TimeSpan.FromDays(30),
            """
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.created_at as since, coalesce(b.key, b.name) as detail
            from @slice b
            where b.kind = 1 and b.created_at <= @before
              and not exists (select 1 from bookmark o join timer t on t.bookmark_id = o.id where o.instance_id = b.instance_id and o.ordinal = b.ordinal)
            """) { Slices = Bookmarks },
        new("K16", StuckSeverity.Operator, TimeSpan.FromMinutes(10),
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, i.updated_at as since, cast(i.seq as text) as detail
            from work w join instance i on i.id = w.instance_id
            where i.seq > 200 and exists (select 1 from journal j where j.instance_id = i.id and j.seq = i.seq - 200 and j.at > @before)
            """),
        new("K17", StuckSeverity.Watch, TimeSpan.Zero,
            $"""
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.created_at as since, cast(o.parted_at as text) as detail
            from @slice b join step_outlook o on o.activity_id = b.activity_id
            where o.parted_at is not null and b.created_at <= @before
              and o.version_id = (select i.definition_version_id from instance i where i.id = b.instance_id and i.status < 8) and {OnePerRun}
            """) { Slices = Bookmarks },
        // A moment more than usual says nothing, whatever the step: the grace period comes on top.
        new("K18", StuckSeverity.Watch, TimeSpan.FromHours(1),
            $"""
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.created_at as since, cast(t.n as text) as detail
            from @slice b join step_time t on t.activity_id = b.activity_id
            where b.kind <> 2 and b.created_at <= @before - t.p95
              and t.definition_id = (select i.definition_id from instance i where i.id = b.instance_id and i.status in (1, 2)) and {OnePerRun}
            """) { Slices = Bookmarks },
        new("K19", StuckSeverity.Watch, TimeSpan.Zero,
            """
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, c.updated_at as since, cast(c.id as text) as detail
            from instance c join bookmark b on b.id = c.parent_bookmark
            where c.status in (3, 4) and c.updated_at <= @before
            """),
        new("K20", StuckSeverity.Operator, TimeSpan.FromDays(3),
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, i.updated_at as since, '' as detail
            from instance i where i.status in (3, 4) and i.status = 4 and i.updated_at <= @before
            """),
        new("K21", StuckSeverity.Operator, TimeSpan.Zero,
            """
            select cast(k.id as text) as ref, k.instance_id, k.activity_id, k.created_at as since, k.title as detail
            from task k where k.state < 5 and k.kind = 'request.outcomeUnknown' and k.created_at <= @before
            """),
        // The step's own deadline, and the one of the whole; since is the deadline, so that the next one stands first.
        new("K22", StuckSeverity.Business, TimeSpan.Zero,
            $"""
            select d.ref, d.instance_id, d.activity_id, min(d.due_at) as since, '' as detail from (
              select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.due_at
              from (select s.*, t.definition_id, (select k.due_at from task k where k.id = s.id and k.due_at > @before and k.due_at < s.created_at + t.p50) as due_at
                    from @slice s join step_time t on t.activity_id = s.activity_id where s.kind = 3) as b
              where b.due_at is not null and b.definition_id = (select i.definition_id from instance i where i.id = b.instance_id and i.status < 8)
              union all
              select cast(b.id as text), b.instance_id, b.activity_id, b.due_at
              from (select s.*, (select i.created_at + o.allowed from instance i where i.id = s.instance_id and i.definition_version_id = o.version_id and i.status < 8
                        and (@before + o.rest > i.created_at + o.allowed or s.created_at + o.usual + o.rest > i.created_at + o.allowed)) as due_at
                    from @slice s join step_outlook o on o.activity_id = s.activity_id where o.allowed is not null) as b
              where b.due_at is not null and {OnePerRun}) as d
            group by d.ref, d.instance_id, d.activity_id
            """) { Slices = Bookmarks },
        new("K23", StuckSeverity.Business, TimeSpan.FromHours(1),
            """
            select cast(b.id as text) as ref, b.instance_id, b.activity_id, b.created_at as since, b.name as detail
            from @slice b where b.kind = 5 and b.created_at <= @before and not exists (select 1 from outbox o where o.instance_id = b.instance_id and o.reply_to = b.id and o.state = 0)
            """) { Slices = Bookmarks }
    ];
}
