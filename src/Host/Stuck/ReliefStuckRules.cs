using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Stuck;

/// <summary>Where relief records and pathways have parted: closed matters whose instance runs on (K24), open ones that no instance works on (K25).</summary>
/// <remarks>A matter and its pathway are bound by the correlation id; both ways lead over an index, from all open matters as from one instance.</remarks>
internal static class ReliefStuckRules
{
    private const string OpenCase = "c.closed_at is null and c.status not in ('Draft', 'NotAccepted', 'Denied', 'Closed')";

    public static ImmutableArray<StuckRule> All { get; } =
    [
        new("K24", StuckSeverity.Business, TimeSpan.FromHours(1),
            """
            select cast(i.id as text) as ref, i.id as instance_id, i.wait_activity as activity_id, c.closed_at as since, c.number as detail
            from @slice i join @relief.case_file c on c.id = substr(i.correlation_id, 6)
            where i.definition_id = 'case.lifecycle' and i.status < 8 and i.correlation_id like 'case:%' and c.closed_at <= @before
            """) { Slices = new("instance", "id") },
        .. Abandoned("case", "case_file", "case.lifecycle", OpenCase, "c.opened_at", "c.number", TimeSpan.FromMinutes(10)),
        .. Abandoned("alert", "alert", "procedure.doorbell", "c.closed_at is null", "c.raised_at", "c.device_id", TimeSpan.FromMinutes(1))
    ];

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
