using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Looks for stuck work every minute, one node for all, and carries out repairs that a process left half done.</summary>
/// <remarks>Also on nodes that only serve requests: somebody must see that no other works. Counted as <c>flow_stuck{code}</c>.</remarks>
public sealed class StuckDuty : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Meter meter = new(Telemetry.Name);
    private readonly PollingLoop looking;
    private readonly PollingLoop resuming;
    private readonly PollingLoop batching;
    private ImmutableDictionary<string, int> counts = ImmutableDictionary<string, int>.Empty;

    public StuckDuty(FindingBook book, Repairs repairs, RepairBatches batches, ILogger<StuckDuty> log)
    {
        meter.CreateObservableGauge("flow_stuck", Measure, description: "What stands still, by code.");
        book.Looked = found => counts = found.ToImmutableDictionary();
        looking = new PollingLoop("looking for stuck work", async cancellation =>
        {
            await book.LookInTurn(cancellation);
            return 0;
        }, Pause, log, TimeProvider.System);
        resuming = new PollingLoop("resuming repairs", async cancellation =>
        {
            await repairs.Resume(cancellation);
            return 0;
        }, Pause, log, TimeProvider.System);
        batching = new PollingLoop("working through batches", batches.RunOnce, Pause, log, TimeProvider.System);
        batches.Nudge = batching.Nudge;
    }

    public override void Dispose()
    {
        // The meter holds on to whoever it asks.
        meter.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(LookLater(stoppingToken), resuming.Run(stoppingToken), batching.Run(stoppingToken));

    // What is just starting looks stuck for a moment.
    private async Task LookLater(CancellationToken cancellationToken)
    {
        await Task.Delay(Pause / 6, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await looking.Run(cancellationToken);
    }

    private IEnumerable<Measurement<int>> Measure() =>
        counts.Select(count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>("code", count.Key)));
}
