using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Tells the nodes that there may be work: this process at once, the others by NOTIFY at most every 20 ms.</summary>
/// <remarks>
/// Only a hint: whoever misses it finds the work by polling. NOTIFY goes over a session of its own, never inside a business transaction,
/// because it would make commits queue (engine.md 1.9).
/// </remarks>
internal sealed class PostgresBell(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    private const string Channel = "flow_wake";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource closing = new();
    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly Lock gate = new();
    private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;
    private Task notifying = Task.CompletedTask;
    private bool isRung;
    private bool isTold = true;

    /// <summary>Begins to hear the other nodes, as far as a session for it can be had.</summary>
    public void Open()
    {
        lock (gate)
        {
            if (listening.IsCompleted)
            {
                listening = Listen(closing.Token);
            }
        }
    }

    /// <summary>Says that work was committed. Never waits and never fails.</summary>
    public void Ring()
    {
        Wake();
        lock (gate)
        {
            isTold = false;
            if (notifying.IsCompleted && !closing.IsCancellationRequested)
            {
                notifying = Notify(closing.Token);
            }
        }
    }

    /// <summary>Returns when it rang since the last wait began to be answered, when the time is over, or when cancelled.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task rings;
        lock (gate)
        {
            if (isRung)
            {
                isRung = false;
                return;
            }

            rings = heard.Task;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await Task.WhenAny(rings, Task.Delay(atMost, time, ended.Token));
        await ended.CancelAsync();
        lock (gate)
        {
            isRung = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(listening, notifying);
        closing.Dispose();
    }

    private void Wake()
    {
        lock (gate)
        {
            isRung = true;
            heard.TrySetResult();
            heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task Notify(CancellationToken cancellationToken)
    {
        // Off the caller's path, and never under its lock.
        await Task.Yield();
        try
        {
            while (IsDue())
            {
                await using var command = source.CreateCommand($"select pg_notify('{Channel}', '{name}')");
                await command.ExecuteNonQueryAsync(cancellationToken);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            // The others poll.
        }
    }

    private bool IsDue()
    {
        lock (gate)
        {
            var due = !isTold;
            isTold = true;
            return due;
        }
    }

    private async Task Listen(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Hear(cancellationToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or InvalidOperationException or IOException)
            {
                // Without this session polling does; try again when the database may be back.
                await Task.WhenAny(Task.Delay(Again, time, cancellationToken));
            }
        }
    }

    private async Task Hear(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, said) =>
        {
            if (said.Payload != name)
            {
                Wake();
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}
