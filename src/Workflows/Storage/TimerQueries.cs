namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads what waits for a moment: what is next, and how much comes when.</summary>
public sealed class TimerQueries(ReadSide side)
{
    private const int Most = 100;

    /// <summary>The timers that fire next, also those that are late already, at most 100.</summary>
    public Task<List<TimerLine>> Next(int take, CancellationToken cancellationToken) =>
        new Query(side, "").Then(
            """
            select t.due_at, b.instance_id, b.activity_id, b.name, i.definition_id, i.business_key, i.name as instance_name
            from (select bookmark_id, due_at from timer order by due_at limit {0}) as t join bookmark b on b.id = t.bookmark_id join instance i on i.id = b.instance_id
            order by t.due_at, b.id
            """, Math.Clamp(take, 1, Most))
            .Read(row => new TimerLine(
                row.Instant("due_at"), row.Id("instance_id"), row.Text("activity_id"), row.Text("name"), row.Text("definition_id"), row.TextOrNull("business_key") ?? row.TextOrNull("instance_name")), cancellationToken);

    /// <summary>How many timers fall between each moment and the next, each counted up to <see cref="InstanceSearch.Cap"/>; what is before the first counts with the first.</summary>
    /// <param name="moments">In order, at least two.</param>
    public async Task<IReadOnlyList<int>> Between(IReadOnlyList<DateTimeOffset> moments, CancellationToken cancellationToken)
    {
        List<int> counts = [];
        for (var index = 0; index + 1 < moments.Count; index++)
        {
            var query = new Query(side, "select count(*) as n from (select 1 as one from timer").Where("due_at < {0}", moments[index + 1]);
            if (index > 0)
                query.Where("due_at >= {0}", moments[index]);
            counts.Add((await query.Then("limit {0}) as counted", InstanceSearch.Cap).Read(row => row.Int("n"), cancellationToken))[0]);
        }

        return counts;
    }
}

/// <summary>A timer that waits.</summary>
/// <param name="Due">Business time.</param>
/// <param name="Name">What the activity calls it.</param>
public sealed record TimerLine(DateTimeOffset Due, Guid InstanceId, string ActivityId, string Name, string DefinitionId, string? Matter);
