using System.Globalization;

namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Reads what the last look found, the gravest and oldest first.</summary>
public sealed class FindingQueries(ReadSide side)
{
    private const string Columns =
        """
        select f.code, f.ref, f.instance_id, f.activity_id, f.severity, f.since, f.detail, i.definition_id, i.definition_version, i.business_key, i.name
        from finding f left join instance i on i.id = f.instance_id
        """;

    /// <summary>At most <see cref="Cursor.MaxTake"/> rows.</summary>
    /// <param name="after">What an earlier page returned as next.</param>
    public async Task<Page<Finding>> List(FindingFilter filter, string? after, int? take, CancellationToken cancellationToken)
    {
        var count = Cursor.Take(take);
        var query = Filtered(new Query(side, Columns), filter);
        if (Place.Parse(after) is { } place)
            query.WhereAll("(f.severity, f.since, f.code, f.ref) > ({0}, {1}, {2}, {3})", place.Severity, place.Since, place.Code, place.Ref);
        var rows = await query.Then("order by f.severity, f.since, f.code, f.ref limit {0}", count + 1).Read(Line, cancellationToken);
        if (rows.Count <= count)
            return new Page<Finding>(rows, null);

        rows.RemoveRange(count, rows.Count - count);
        return new Page<Finding>(rows, new Place((int)rows[^1].Severity, rows[^1].Since, rows[^1].Code, rows[^1].Ref).ToString());
    }

    /// <summary>What a filter means: each instance once, or each thing with its instance; at most <paramref name="most"/>.</summary>
    public Task<List<(Guid InstanceId, string? Target)>> Targets(FindingFilter filter, bool byThing, int most, CancellationToken cancellationToken) =>
        Filtered(new Query(side, $"select distinct f.instance_id as id, {(byThing ? "f.ref" : "null")} as target from finding f left join instance i on i.id = f.instance_id")
            .Where("f.instance_id is not null"), filter)
            .Then("order by id limit {0}", most).Read(row => (row.Id("id"), row.TextOrNull("target")), cancellationToken);

    /// <summary>How many are stuck in which way, the gravest first.</summary>
    public async Task<IReadOnlyList<FindingCount>> Counts(CancellationToken cancellationToken)
    {
        var rows = await new Query(side, "select code, severity, count(*) as n, min(since) as oldest from finding group by code, severity")
            .Read(row => new FindingCount(row.Text("code"), (StuckSeverity)row.Int("severity"), row.Int("n"), row.Instant("oldest")), cancellationToken);
        return [.. rows.OrderBy(row => row.Severity).ThenByDescending(row => row.Count)];
    }

    /// <summary>Incidents by error and step, the most frequent first; at most <see cref="Cursor.MaxTake"/>.</summary>
    public Task<List<FindingGroup>> Groups(CancellationToken cancellationToken) =>
        new Query(side,
            """
            select i.fault_sig, i.definition_id, i.fault_activity, i.fault_code, min(i.fault_message) as message, count(*) as n, min(f.since) as oldest, max(f.since) as newest
            from finding f join instance i on i.id = f.instance_id
            """)
            .In("f.code", ["K1", "K21"]).Where("i.fault_sig is not null")
            .Then("group by i.fault_sig, i.definition_id, i.fault_activity, i.fault_code order by n desc, oldest limit {0}", Cursor.MaxTake)
            .Read(row => new FindingGroup(
                row.Long("fault_sig"), row.Text("definition_id"), row.TextOrNull("fault_activity"), row.TextOrNull("fault_code"), row.TextOrNull("message"),
                row.Int("n"), row.Instant("oldest"), row.Instant("newest")), cancellationToken);

    private static Query Filtered(Query query, FindingFilter filter)
    {
        query.Where("f.code = {0}", filter.Code)
            .Where("f.activity_id = {0}", filter.ActivityId)
            .Where("f.instance_id = {0}", filter.InstanceId)
            .Where("f.since < {0}", filter.Until)
            .Where("i.definition_id = {0}", filter.DefinitionId)
            .Where("i.fault_sig = {0}", filter.Signature);
        return string.IsNullOrWhiteSpace(filter.Text) ? query : query.Where("(lower(i.business_key) like {0} or lower(i.name) like {0})", Like.Anywhere(filter.Text));
    }

    private static Finding Line(Row row) => new()
    {
        Code = row.Text("code"),
        Severity = (StuckSeverity)row.Int("severity"),
        Ref = row.Text("ref"),
        InstanceId = row.IdOrNull("instance_id"),
        ActivityId = row.TextOrNull("activity_id"),
        Since = row.Instant("since"),
        Detail = row.TextOrNull("detail"),
        DefinitionId = row.TextOrNull("definition_id"),
        Version = row.IntOrNull("definition_version"),
        BusinessKey = row.TextOrNull("business_key"),
        Name = row.TextOrNull("name")
    };

    /// <summary>The place of a row in the list: rows that come or go never shift it.</summary>
    private sealed record Place(int Severity, DateTimeOffset Since, string Code, string Ref)
    {
        public static Place? Parse(string? text) =>
            PageToken.Read(text, 400, 4) is [var severity, var since, var code, var reference]
                && int.TryParse(severity, NumberStyles.None, CultureInfo.InvariantCulture, out var grave)
                && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
                ? new Place(grave, new DateTimeOffset(ticks, TimeSpan.Zero), code, reference)
                : null;

        public override string ToString() => PageToken.Write(string.Create(CultureInfo.InvariantCulture, $"{Severity}|{Since.UtcTicks}|{Code}|{Ref}"));
    }
}
