using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Where messages go: what waits for each target, what a pause of so many hours would leave behind, and the pause itself.</summary>
/// <remarks>A pause holds back what is sent from the next claim on; what is on its way arrives. Nothing is lost: it leaves in its order when the target is resumed, after a crash too.</remarks>
public sealed class OutgoingTargets(IFlowStore store, ReadSide side)
{
    private const int Sample = 20_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Targets that something waits for, that took something within a day, or that are paused, by name.</summary>
    public async Task<IReadOnlyList<TargetFlow>> List(CancellationToken cancellationToken)
    {
        var since = (await store.ReadClock(cancellationToken)).Now - Day;
        var waiting = (await new Query(side, "select target, count(*) as n, min(created_at) as oldest, sum(case when created_at >= ").Then("{0} then 1 else 0 end) as fresh from outbox where state = 0 and kind in (1, 2) group by target", since)
            .Read(row => (Target: row.Text("target"), Count: row.Int("n"), Oldest: row.Instant("oldest"), Fresh: row.Int("fresh")), cancellationToken)).ToDictionary(row => row.Target);
        var left = (await new Query(side, "select target, count(*) as n, sum(case when created_at >= ").Then(
                "{0} then 1 else 0 end) as fresh from (select target, created_at from outbox where state = 2 and kind in (1, 2) and settled_at >= {0} order by settled_at desc limit {1}) as recent group by target", since, Sample)
            .Read(row => (Target: row.Text("target"), Count: row.Int("n"), Fresh: row.Int("fresh")), cancellationToken)).ToDictionary(row => row.Target);
        var paused = (await new Query(side, "select target, reason, paused_by, paused_at from paused_target")
            .Read(row => (Target: row.Text("target"), Pause: new TargetPause(row.Text("reason"), row.Text("paused_by"), row.Instant("paused_at"))), cancellationToken)).ToDictionary(row => row.Target, row => row.Pause);
        return [.. waiting.Keys.Union(left.Keys).Union(paused.Keys).Order(StringComparer.Ordinal).Select(target => new TargetFlow
        {
            Target = target,
            Waiting = waiting.GetValueOrDefault(target).Count,
            Oldest = waiting.TryGetValue(target, out var row) ? row.Oldest : null,
            InPerHour = (waiting.GetValueOrDefault(target).Fresh + left.GetValueOrDefault(target).Fresh) / Day.TotalHours,
            OutPerHour = left.GetValueOrDefault(target).Count / Day.TotalHours,
            Pause = paused.GetValueOrDefault(target)
        })];
    }

    /// <summary>Sends nothing there until it is resumed; false when it is paused already.</summary>
    public async Task<bool> Pause(string target, string reason, string by, CancellationToken cancellationToken) => await store.ChangeNow((unit, now) => UnitSql.Run(unit, side,
        "insert into paused_target (target, reason, paused_by, paused_at) values ({0}, {1}, {2}, {3}) on conflict do nothing", [target, reason, by, now], cancellationToken), cancellationToken) > 0;

    /// <summary>Sends there again; false when it was not paused.</summary>
    public async Task<bool> Resume(string target, CancellationToken cancellationToken) =>
        await store.Change((unit, _) => UnitSql.Run(unit, side, "delete from paused_target where target = {0}", [target], cancellationToken), cancellationToken) > 0;
}

/// <summary>What goes to one target. The rates are those of the last 24 hours.</summary>
public sealed record TargetFlow
{
    public required string Target { get; init; }

    /// <summary>Messages that are to leave.</summary>
    public required int Waiting { get; init; }

    /// <summary>When the oldest of them was decided; null when none waits.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>How many were decided in an hour.</summary>
    public required double InPerHour { get; init; }

    /// <summary>How many were delivered in an hour.</summary>
    public required double OutPerHour { get; init; }

    /// <summary>Null while messages are sent.</summary>
    public TargetPause? Pause { get; init; }

    /// <summary>What would wait after a pause of an hour, of a working day and of a day.</summary>
    public IReadOnlyList<BacklogForecast> Forecast => [.. new[] { 1, 8, 24 }.Select(hours => new BacklogForecast(hours, Waiting + (int)Math.Ceiling(InPerHour * hours)))];
}

/// <summary>Why nothing is sent, who said so, and since when.</summary>
public sealed record TargetPause(string Reason, string By, DateTimeOffset At);

/// <param name="Hours">Of a pause from now on.</param>
/// <param name="Waiting">Messages that would then wait.</param>
public sealed record BacklogForecast(int Hours, int Waiting);
