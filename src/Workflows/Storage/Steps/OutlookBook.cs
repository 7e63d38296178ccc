namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>Keeps what is known of the steps that instances wait at, for the queries that look for stuck work.</summary>
public sealed class OutlookBook(IFlowStore store, ReadSide side)
{
    private const int RowsAtOnce = 200;

    /// <summary>The definition versions that open instances run on: one probe of an index for each.</summary>
    public Task<List<string>> VersionsInUse(CancellationToken cancellationToken) =>
        new Query(side,
            """
            with recursive used(id) as (
              select min(definition_version_id) from instance where status < 8
              union all
              select (select min(i.definition_version_id) from instance i where i.status < 8 and i.definition_version_id > u.id) from used u where u.id is not null)
            select id from used where id is not null
            """).Read(row => row.Text("id"), cancellationToken);

    /// <summary>Makes these the ones that are known. What has not changed is not written.</summary>
    public async Task Replace(IReadOnlyCollection<StepOutlook> outlooks, CancellationToken cancellationToken)
    {
        var known = (await Known(cancellationToken)).ToHashSet();
        var gone = known.Except(outlooks).Select(one => one.VersionId).ToHashSet(StringComparer.Ordinal);
        var changed = outlooks.Where(one => !known.Contains(one) || gone.Contains(one.VersionId)).ToArray();
        if (gone.Count == 0 && changed.Length == 0)
            return;

        await store.Change(async (unit, cancellation) =>
        {
            foreach (var version in gone)
                await UnitSql.Run(unit, side, "delete from step_outlook where version_id = {0}", [version], cancellation);
            foreach (var chunk in changed.Chunk(RowsAtOnce))
                await Write(unit, chunk, cancellation);
            return changed.Length;
        }, cancellationToken);
    }

    private Task<List<StepOutlook>> Known(CancellationToken cancellationToken) =>
        new Query(side, "select version_id, activity_id, parted_at, usual, rest, allowed from step_outlook").Read(row => new StepOutlook(row.Text("version_id"), row.Text("activity_id"))
        {
            PartedAt = row.IntOrNull("parted_at"),
            Usual = row.SpanOrNull("usual") ?? TimeSpan.Zero,
            Rest = row.SpanOrNull("rest"),
            Allowed = row.SpanOrNull("allowed")
        }, cancellationToken);

    private Task<int> Write(UnitOfWork unit, StepOutlook[] outlooks, CancellationToken cancellationToken) => UnitSql.Insert(unit, side,
        ("insert into step_outlook (version_id, activity_id, parted_at, usual, rest, allowed)",
        "on conflict (version_id, activity_id) do update set parted_at = excluded.parted_at, usual = excluded.usual, rest = excluded.rest, allowed = excluded.allowed"),
        [.. outlooks.Select(one => new object?[] { one.VersionId, one.ActivityId, one.PartedAt, one.Usual, one.Rest, one.Allowed })], cancellationToken);
}
