namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Real time, which is what is measured here: a tick instead of a moved clock.</summary>
internal static class Pause
{
    public static async Task For(TimeSpan time, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(time);
        await tick.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Looks again and again until it is so.</summary>
    /// <exception cref="TimeoutException">It was not so in two minutes.</exception>
    public static async Task Until(Func<Task<bool>> isSo, TimeSpan glance, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(glance);
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
                throw new TimeoutException("It did not happen in two minutes.");

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }
}
