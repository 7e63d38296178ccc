using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>How it goes with the calls to each outside system, from the outbox and the tasks themselves: nothing is counted beside them.</summary>
public sealed class AdapterQueries(ReadSide side)
{
    private const int Sample = 20_000;
    private const string FallbackKind = "fallback-";

    /// <summary>Every system that something was sent to or that people stand in for, by its name; notices count as the system <paramref name="notices"/>.</summary>
    public async Task<IReadOnlyDictionary<string, AdapterTraffic>> Traffic(string notices, CancellationToken cancellationToken)
    {
        // State by state: each has its own index, and what has ended, which is nearly all, is not looked at.
        var open = await new Query(side, """
            select target, count(*) as n, min(created_at) as oldest, sum(case when attempts > 0 and last_error is not null then 1 else 0 end) as failing
              from (select target, created_at, attempts, last_error from outbox where state = 0 and kind in (1, 2)
                    union all select target, created_at, attempts, last_error from outbox where state = 1 and kind in (1, 2)) as leaving group by target
            """)
            .Read(row => (Target: row.Text("target"), Count: row.Int("n"), Oldest: row.Instant("oldest"), Failing: row.Int("failing")), cancellationToken);
        var taken = await new Query(side, "select target, max(settled_at) as last from (select target, settled_at from outbox where state = 2 and kind in (1, 2)").Then("order by settled_at desc limit {0}) as recent group by target", Sample)
            .Read(row => (Target: row.Text("target"), Last: row.Instant("last")), cancellationToken);
        var dead = await new Query(side, "select target, settled_at, last_error from outbox where state = 3 and kind in (1, 2)").Then("order by number desc limit {0}", Sample)
            .Read(row => (Target: row.Text("target"), At: row.InstantOrNull("settled_at"), Error: row.TextOrNull("last_error")), cancellationToken);
        var paused = await new Query(side, "select target from paused_target").Read(row => row.Text("target"), cancellationToken);
        var byHand = await new Query(side, "select kind, count(*) as n from task where state in (1, 2) and kind like 'fallback-%' group by kind")
            .Read(row => (Name: row.Text("kind")[FallbackKind.Length..], Count: row.Int("n")), cancellationToken);

        string? NameOf(string target) => target.StartsWith("notice:", StringComparison.Ordinal) ? notices : AdapterAddresses.NameOf(target);
        var names = open.Select(row => row.Target).Concat(taken.Select(row => row.Target)).Concat(dead.Select(row => row.Target)).Concat(paused).Select(NameOf).OfType<string>().Concat(byHand.Select(row => row.Name)).Distinct();
        return names.ToDictionary(name => name, name =>
        {
            var last = taken.Where(row => NameOf(row.Target) == name).Select(row => (DateTimeOffset?)row.Last).Max();
            var lost = dead.Where(row => NameOf(row.Target) == name && (last is null || row.At is null || row.At > last)).ToList();
            var waiting = open.Where(row => NameOf(row.Target) == name).ToList();
            return new AdapterTraffic
            {
                LastAnswered = last, Waiting = waiting.Sum(row => row.Count), Oldest = waiting.Select(row => (DateTimeOffset?)row.Oldest).Min(), FailedSince = lost.Count + waiting.Sum(row => row.Failing),
                LastError = lost.FirstOrDefault().Error, IsPaused = paused.Exists(target => NameOf(target) == name), ByHand = byHand.Where(row => row.Name == name).Sum(row => row.Count)
            };
        });
    }
}

/// <summary>How it goes with the calls to one outside system.</summary>
public sealed record AdapterTraffic
{
    /// <summary>When it last answered; null when it never did.</summary>
    public DateTimeOffset? LastAnswered { get; init; }

    /// <summary>Calls that are to leave or to be repeated.</summary>
    public int Waiting { get; init; }

    /// <summary>When the oldest of them was decided.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>Calls that failed since it last answered: those that are repeated and those that were given up.</summary>
    public int FailedSince { get; init; }

    /// <summary>Why the last of those was given up.</summary>
    public string? LastError { get; init; }

    /// <summary>Whether nothing is sent there because somebody said so.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Tasks of people who stand in for it.</summary>
    public int ByHand { get; init; }
}
