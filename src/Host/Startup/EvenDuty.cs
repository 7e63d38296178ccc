namespace Relief.Flow.Host.Startup;

/// <summary>Does a duty of this process again and again with the same pause. What fails is told to the log and tried again after the pause.</summary>
/// <param name="pause">The time between two beginnings.</param>
internal abstract class EvenDuty(TimeSpan pause) : BackgroundService
{
    /// <summary>Does it once.</summary>
    protected abstract Task Once(CancellationToken cancellationToken);

    /// <summary>Tells the log that it failed.</summary>
    protected abstract void Failed(Exception exception);

    /// <summary>Waits as long as there is nothing to do it for.</summary>
    protected virtual Task Wanted(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause);
        while (await Next(timer, stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Failed(exception);
            }
        }
    }

    private async Task<bool> Next(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        await Wanted(cancellationToken);
        return await timer.WaitForNextTickAsync(cancellationToken);
    }
}
