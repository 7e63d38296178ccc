using System.Diagnostics.Metrics;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>What stands still, as gauges: every code from the first moment, zero included, so that an alert never waits for a series to appear.</summary>
/// <remarks>Each node tells what the last look of any node found. Ages count more than numbers: one payment that is late for days is worse than ten for a minute.</remarks>
public sealed class StuckGauges : IDisposable
{
    private readonly Meter meter = new(Telemetry.Name);
    private readonly FindingQueries findings;
    private readonly StuckRules rules;
    private readonly SemaphoreSlim turn = new(1);
    private readonly TimeProvider time;
    private IReadOnlyDictionary<string, FindingCount> counts = new Dictionary<string, FindingCount>();

    public StuckGauges(FindingQueries findings, StuckRules rules, TimeProvider time)
    {
        this.rules = rules;
        this.findings = findings;
        this.time = time;
        meter.CreateObservableGauge("flow_stuck", () => Each(_ => true, CountOf), description: "What stands still, by code.");
        meter.CreateObservableGauge("flow_stuck_oldest", () => Each(_ => true, AgeOf), "s", "Since when the oldest of them stands still, by code.");
        meter.CreateObservableGauge(
            "flow_invariant_violations", () => Each(severity => severity == StuckSeverity.Engine, CountOf), description: "Broken invariants of the engine, by code: zero for ever.");
        Telemetry.Begin();
    }

    /// <summary>What is told of a code now.</summary>
    internal int CountOf(string code) => counts.GetValueOrDefault(code)?.Count ?? 0;

    /// <summary>Reads what the last look found.</summary>
    /// <returns>Zero: there is never more at once.</returns>
    public async Task<int> Read(CancellationToken cancellationToken)
    {
        // In turn, so that what was read last is what is told.
        await turn.WaitAsync(cancellationToken);
        try
        {
            counts = (await findings.Counts(cancellationToken)).GroupBy(count => count.Code)
                .ToDictionary(same => same.Key, same => new FindingCount(same.Key, same.Min(one => one.Severity), same.Sum(one => one.Count), same.Min(one => one.Oldest)));
            return 0;
        }
        finally
        {
            turn.Release();
        }
    }

    // The meter holds on to whoever it asks.
    public void Dispose()
    {
        meter.Dispose();
        turn.Dispose();
    }

    private double AgeOf(string code) => counts.GetValueOrDefault(code) is { } count ? Math.Max(0, (time.GetUtcNow() - count.Oldest).TotalSeconds) : 0;

    private IEnumerable<Measurement<T>> Each<T>(Func<StuckSeverity, bool> isAsked, Func<string, T> value) where T : struct =>
        rules.All.Where(rule => isAsked(rule.Severity)).Select(rule => rule.Code).Distinct()
            .Select(code => new Measurement<T>(value(code), new KeyValuePair<string, object?>("code", code)));
}
