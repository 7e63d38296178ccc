using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Looks for what is stuck, in what is stored this moment. It changes nothing and holds nobody up.</summary>
public sealed class StuckLook(ReadSide side, StuckRules rules, TimeProvider time)
{
    /// <summary>How many of one kind a look brings back; who has more has another problem.</summary>
    public const int Most = 20_000;

    /// <summary>Rows of a large table that are looked at in one statement.</summary>
    public const int SliceSize = 10_000;

    /// <summary>What is looked for.</summary>
    public ImmutableArray<StuckRule> Rules => rules.All;

    /// <summary>What one rule finds, at most <see cref="Most"/>; a rule on a large table walks all of it.</summary>
    public async Task<List<Finding>> Find(StuckRule rule, TimeSpan grace, CancellationToken cancellationToken)
    {
        var clocks = await Clocks(cancellationToken);
        if (rule.Slices is null)
            return await Read(rule, clocks.Less(grace), null, cancellationToken);

        List<Finding> found = [];
        for (Guid? from = Guid.Empty; from is not null && found.Count < Most;)
        {
            var slice = await Slice(rule, from.Value, clocks.Less(grace), cancellationToken);
            found.AddRange(slice.Found);
            from = slice.Next;
        }

        return found;
    }

    /// <summary>The next slice of a large table, after a key; <see cref="Guid.Empty"/> to begin. Next is null at the table's end.</summary>
    public async Task<(List<Finding> Found, Guid? Next)> Slice(StuckRule rule, Guid from, CancellationToken cancellationToken) =>
        await Slice(rule, from, (await Clocks(cancellationToken)).Less(rule.Grace), cancellationToken);

    /// <summary>Those of these rows of its large table that a rule still finds, by <c>ref</c>.</summary>
    public async Task<IReadOnlySet<string>> Still(StuckRule rule, IReadOnlyCollection<Guid> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return new HashSet<string>();

        var part = new Part($"(select * from {rule.Slices!.Table} where {rule.Slices.Key} in ({ReadSide.Marks(2, keys.Count)}))", [.. keys.Cast<object>()]);
        return (await Read(rule, (await Clocks(cancellationToken)).Less(rule.Grace), part, cancellationToken)).Select(one => one.Ref).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Every way in which one instance is stuck now, the gravest first: one statement.</summary>
    public async Task<IReadOnlyList<Finding>> At(Guid instanceId, CancellationToken cancellationToken)
    {
        var clocks = await Clocks(cancellationToken);
        var query = new Query(side, "");
        foreach (var (index, rule) in Rules.Index())
        {
            var moments = clocks.Less(rule.Grace);
            var find = rule.LeadsFromInstance ? Text(rule, $"(select * from {rule.Slices?.Table})") : $"select ref, instance_id, activity_id, since, detail from finding where code = '{rule.Code}'";
            query.Then($"{(index == 0 ? "" : "union all ")}select {index} as rule, r.* from ({find}) as r where r.instance_id = {{2}}",
                moments.Business, moments.Machine, instanceId);
        }

        var found = await query.Read(row => Line(row, Rules[row.Int("rule")]), cancellationToken);
        return [.. found.OrderBy(one => one.Severity).ThenBy(one => one.Since)];
    }

    /// <summary>Whether somebody outside can be asked about what is stuck.</summary>
    public bool CanAsk(Finding finding) => AskerOf(finding) is not null;

    /// <summary>Asks outside about something that one instance is stuck at; nothing changes by it.</summary>
    /// <param name="key">The same for the same question, however often it is asked.</param>
    /// <returns>Null when the instance is not stuck at it, or nobody can be asked.</returns>
    public async Task<string?> Ask(Guid instanceId, string reference, Guid key, CancellationToken cancellationToken) =>
        (await At(instanceId, cancellationToken)).FirstOrDefault(one => one.Ref == reference) is { } finding && AskerOf(finding) is { } ask
            ? await ask(reference, key, cancellationToken)
            : null;

    private Func<string, Guid, CancellationToken, Task<string?>>? AskerOf(Finding finding) =>
        finding.Kind is { } kind ? Rules.FirstOrDefault(rule => rule.Code == finding.Code && rule.Kind == kind)?.Ask : null;

    private async Task<(List<Finding> Found, Guid? Next)> Slice(StuckRule rule, Guid from, Moments moments, CancellationToken cancellationToken)
    {
        var (table, key) = rule.Slices!;
        var last = await new Query(side, $"select s.{key} as id from (select {key} from {table}").Where($"{key} > {{0}}", from)
            .Then($"order by {key} limit {{0}}) as s order by s.{key} desc limit 1", SliceSize).Read(row => row.Id("id"), cancellationToken);
        if (last is not [var to])
            return ([], null);

        var found = await Read(rule, moments, new Part($"(select * from {table} where {key} > {{2}} and {key} <= {{3}})", from, to), cancellationToken);
        return (found, to);
    }

    private Task<List<Finding>> Read(StuckRule rule, Moments moments, Part? part, CancellationToken cancellationToken)
    {
        object[] values = [moments.Business, moments.Machine, .. part?.Values ?? []];
        return new Query(side, "").Then($"select r.* from ({Text(rule, part?.Text ?? "")}) as r limit {Most}", values).Read(row => Line(row, rule), cancellationToken);
    }

    // With the places for business time, {0}, and for the leases' clock, {1}.
    private string Text(StuckRule rule, string slice) => side.Named(rule.Find.Replace("@slice", slice, StringComparison.Ordinal))
        .Replace("@before", "{0}", StringComparison.Ordinal).Replace("@machine", "{1}", StringComparison.Ordinal);

    private async Task<Moments> Clocks(CancellationToken cancellationToken)
    {
        if (side.Kind == StorageKind.PostgreSql)
            return (await new Query(side, "select business_time() as business, now() as machine").Read(row => new Moments(row.Instant("business"), row.Instant("machine")), cancellationToken))[0];

        var machine = time.GetUtcNow();
        var manual = await new Query(side, "select manual_now from clock").Read(row => row.InstantOrNull("manual_now"), cancellationToken);
        return new Moments(manual[0] ?? machine, machine);
    }

    private static Finding Line(Row row, StuckRule rule) => new()
    {
        Code = rule.Code,
        Severity = rule.Severity,
        Ref = row.Text("ref"),
        InstanceId = row.IdOrNull("instance_id"),
        ActivityId = row.TextOrNull("activity_id"),
        Since = row.Instant("since"),
        Detail = row.TextOrNull("detail")
    };

    private sealed record Moments(DateTimeOffset Business, DateTimeOffset Machine)
    {
        public Moments Less(TimeSpan grace) => new(Business - grace, Machine - grace);
    }

    private sealed record Part(string Text, params object[] Values);
}
