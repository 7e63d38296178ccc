using Microsoft.Extensions.Logging;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The only loop: does a duty again and again, at once while there is more, then with growing pauses, woken by a nudge. It never dies.</summary>
internal sealed class PollingLoop(string duty, Func<CancellationToken, Task<int>> once, TimeSpan longest, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);

    private TaskCompletionSource _nudged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>There may be something to do now.</summary>
    public void Nudge() => Volatile.Read(ref _nudged).TrySetResult();

    public async Task Run(CancellationToken cancellationToken)
    {
        var pause = Shortest;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                pause = await once(cancellationToken) > 0 ? TimeSpan.Zero : pause == TimeSpan.Zero ? Shortest : Min(pause * 4, longest);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = longest;
                Log.DutyFailed(log, exception, duty, pause);
            }

            if (pause > TimeSpan.Zero && await Pause(pause, cancellationToken))
            {
                pause = Shortest;
            }
        }
    }

    // True when nudged, false when the time is over.
    private async Task<bool> Pause(TimeSpan pause, CancellationToken cancellationToken)
    {
        var nudged = Volatile.Read(ref _nudged);
        await nudged.Task.WaitAsync(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!nudged.Task.IsCompleted)
        {
            return false;
        }

        Volatile.Write(ref _nudged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return true;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
