using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Looks for stuck work every minute, one node for all, and carries out repairs that a process left half done.</summary>
/// <remarks>Also on nodes that only serve requests: somebody must see that no other works. Told by <see cref="StuckGauges"/>.</remarks>
public sealed class StuckDuty : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly PollingLoop looking;
    private readonly PollingLoop telling;
    private readonly PollingLoop resuming;
    private readonly PollingLoop batching;

    public StuckDuty(StuckRound round, StuckGauges gauges, Repairs repairs, RepairBatches batches, ILogger<StuckDuty> log)
    {
        telling = new PollingLoop("counting stuck work", gauges.Read, Pause / 4, log, TimeProvider.System);
        looking = new PollingLoop("looking for stuck work", async cancellation =>
        {
            await round.InTurn(cancellation);
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(LookLater(stoppingToken), telling.Run(stoppingToken), resuming.Run(stoppingToken), batching.Run(stoppingToken));

    // What is just starting looks stuck for a moment.
    private async Task LookLater(CancellationToken cancellationToken)
    {
        await Task.Delay(Pause / 6, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await looking.Run(cancellationToken);
    }
}
