using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Stuck;

/// <summary>Where relief records and pathways have parted: closed matters whose instance runs on (K24), open ones that no instance works on (K25); payments that the bank took and does not answer for (K23).</summary>
/// <remarks>A matter and its pathway are bound by the correlation id; both ways lead over an index, from all open matters as from one instance.</remarks>
internal static class ReliefStuckRules
{
    /// <summary>The kind of a finding that the bank can be asked about.</summary>
    public const string Payment = "payment";

    private const string OpenCase = "c.closed_at is null and c.status not in ('Draft', 'NotAccepted', 'Denied', 'Closed')";

    public static ImmutableArray<StuckRule> All { get; } =
    [
        new("K24", StuckSeverity.Business, TimeSpan.FromHours(1),
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, c.closed_at as since, c.number as detail
            from @slice i join @relief.case_file c on c.id = substr(i.correlation_id, 6)
            where i.definition_id = 'case.lifecycle' and i.status < 8 and i.correlation_id like 'case:%' and c.closed_at <= @before
            """) { Slices = new("instance", "id") },
        Unanswered,
        .. Abandoned("case", "case_file", "case.lifecycle", OpenCase, "c.opened_at", "c.number", TimeSpan.FromMinutes(10)),
        .. Abandoned("alert", "alert", "procedure.doorbell", "c.closed_at is null", "c.raised_at", "c.device_id", TimeSpan.FromMinutes(1)),
        .. Abandoned("emergency", "emergency", "procedure.fasttrack", "c.ended_at is null", "c.created_at", "c.id", TimeSpan.FromMinutes(10))
    ];

    /// <summary>An approved batch whose payment day is over by a day, and nothing was sent to the bank since; the day is the policy's, <c>settlement.pay</c>.</summary>
    private static StuckRule Unanswered => new("K23", StuckSeverity.Business, TimeSpan.FromDays(1),
        $"""
        select '{Payment}:' || p.id as ref, b.instance_id, b.activity_id,
               coalesce((select max(o.settled_at) from outbox o where o.instance_id = b.instance_id and o.activity_id = b.activity_id and o.class = 2), b.created_at) as since,
               a.name || ' / ' || p.supplier_id || ' / ' || p.month as detail
        from task k join bookmark b on b.instance_id = k.instance_id and b.activity_id = k.activity_id
        join @relief.settlement_batch p on p.id = substr(b.key, 5) join @relief.area_unit a on a.code = p.township_code
        where k.kind = 'settlement.pay' and k.state < 5 and k.due_at <= @before and b.kind = 1 and b.key = 'pay:' || p.id and b.created_at <= @before and p.status = 'Approved'
          and not exists (select 1 from outbox o where o.instance_id = b.instance_id and o.activity_id = b.activity_id and o.class = 2 and (o.state in (0, 1) or o.settled_at > @before))
        """) { Kind = Payment };

    // Its last instance has ended, or it never had one.
    private static StuckRule[] Abandoned(string prefix, string table, string definition, string isOpen, string since, string detail, TimeSpan grace) =>
    [
        new("K25", StuckSeverity.Operator, grace,
            $"""
            select '{prefix}:' || c.id as ref, i.id as instance_id, cast(null as text) as activity_id, {since} as since, {detail} as detail
            from @relief.{table} c join instance i on i.correlation_id = '{prefix}:' || c.id and c.id = substr(i.correlation_id, {prefix.Length + 2})
            where {isOpen} and {since} <= @before and i.definition_id = '{definition}' and i.status >= 8 and i.updated_at <= @before
              and not exists (select 1 from instance o where o.correlation_id = i.correlation_id and o.definition_id = i.definition_id and o.id <> i.id
                and (o.status < 8 or o.created_at > i.created_at))
            """),
        new("K25", StuckSeverity.Operator, grace,
            $"""
            select '{prefix}:' || c.id as ref, cast(null as uuid) as instance_id, cast(null as text) as activity_id, {since} as since, {detail} as detail
            from @relief.{table} c
            where {isOpen} and {since} <= @before and not exists (select 1 from instance i where i.correlation_id = '{prefix}:' || c.id and i.definition_id = '{definition}')
            """)
    ];
}
