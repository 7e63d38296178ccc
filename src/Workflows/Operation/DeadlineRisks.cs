using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Instances that will probably miss a deadline, the next deadline first: what the last look found (K22), estimated anew.</summary>
public sealed class DeadlineRisks(FindingQueries findings, ReadSide side, Installation installation)
{
    internal const string Code = "K22";

    /// <summary>At most <see cref="Cursor.MaxTake"/>.</summary>
    /// <param name="after">What an earlier page returned as next.</param>
    public async Task<Page<DeadlineRisk>> List(FindingFilter filter, string? after, int? take, CancellationToken cancellationToken)
    {
        var page = await findings.List(filter with { Code = Code }, after, take, cancellationToken);
        return new Page<DeadlineRisk>(await Of(page.Items, cancellationToken), page.Next);
    }

    /// <summary>The estimates for those of these findings that are K22 and still stand.</summary>
    public async Task<IReadOnlyList<DeadlineRisk>> Of(IReadOnlyCollection<Finding> found, CancellationToken cancellationToken)
    {
        var asked = found.Where(one => one.Code == Code).ToArray();
        if (asked.Length == 0)
            return [];

        var now = (await installation.ReadClock(cancellationToken)).Now;
        var facts = (await Facts([.. asked.Select(one => Guid.Parse(one.Ref))], cancellationToken)).ToDictionary(one => one.Ref);
        return [.. asked.Where(one => facts.ContainsKey(one.Ref)).Select(one => Estimate(one, facts[one.Ref], now))];
    }

    // Of two deadlines it is the one that was found.
    private static DeadlineRisk Estimate(Finding finding, Standing at, DateTimeOffset now)
    {
        if (at.TaskDue == finding.Since && at.Usual is { } usual)
            return new DeadlineRisk(finding, finding.Since, Later(now, at.Since + usual));

        return new DeadlineRisk(finding, finding.Since, Later(now, at.Since + at.UsualHere) + at.Rest);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private Task<List<Standing>> Facts(Guid[] bookmarks, CancellationToken cancellationToken) =>
        new Query(side,
            """
            select b.id, b.created_at, t.p50, k.due_at, o.usual, o.rest
            from bookmark b join instance i on i.id = b.instance_id
            left join task k on k.id = b.id
            left join step_time t on t.definition_id = i.definition_id and t.activity_id = b.activity_id
            left join step_outlook o on o.version_id = i.definition_version_id and o.activity_id = b.activity_id
            """)
            .In("b.id", bookmarks)
            .Read(row => new Standing(row.Id("id").ToString(), row.Instant("created_at"), row.InstantOrNull("due_at"), row.SpanOrNull("p50"))
            {
                UsualHere = row.SpanOrNull("usual") ?? TimeSpan.Zero,
                Rest = row.SpanOrNull("rest") ?? TimeSpan.Zero
            }, cancellationToken);

    private sealed record Standing(string Ref, DateTimeOffset Since, DateTimeOffset? TaskDue, TimeSpan? Usual)
    {
        public TimeSpan UsualHere { get; init; }

        public TimeSpan Rest { get; init; }
    }
}
