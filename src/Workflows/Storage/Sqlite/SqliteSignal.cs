namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Tells waiting loops of this process that something became ready.</summary>
/// <remarks>What comes while nobody waits is kept for the next who does, so that work made between a look and a wait is not slept over.</remarks>
internal sealed class SqliteSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = New();
    private bool isKept;

    public void Raise()
    {
        TaskCompletionSource raised;
        lock (gate)
        {
            isKept = true;
            raised = next;
            next = New();
        }

        raised.TrySetResult();
    }

    public async Task Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task waited;
        lock (gate)
        {
            if (isKept || cancellationToken.IsCancellationRequested)
            {
                isKept = false;
                return;
            }

            waited = next.Task;
        }

        await Task.WhenAny(waited, Task.Delay(atMost, cancellationToken));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
