using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Forgets once an hour the nonces of signals that are too old to be taken again; those of alerts stay with their alert.</summary>
internal sealed class NonceSweep(ReliefRecords records, ILogger<NonceSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnce(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.SweepFailed(logger, exception);
            }
        }
    }

    private async Task RunOnce(CancellationToken cancellationToken)
    {
        var now = await records.Now(cancellationToken);
        await records.Change(db => new AlertIntake(db).Sweep(now, cancellationToken), cancellationToken);
    }
}
