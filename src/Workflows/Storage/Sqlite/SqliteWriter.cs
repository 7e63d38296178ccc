using System.Threading.Channels;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>The only one who writes: takes all that is queued, does it in one transaction, and answers after the commit (one fsync for all).</summary>
/// <remarks>
/// Each deed runs in a savepoint, so one that throws undoes only itself. A deed that runs alone has the connection to itself while the
/// queue waits; it must not call the store, which would wait for itself: that is refused.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 256;
    private static readonly AsyncLocal<bool> HoldsTheWriter = new();

    private readonly Channel<SqliteWrite> queue = Channel.CreateUnbounded<SqliteWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteSession session;
    private readonly Action madeWork;
    private readonly Task loop;

    public SqliteWriter(SqliteSession session, Action madeWork)
    {
        this.session = session;
        this.madeWork = madeWork;
        // It ends when the queue is closed and empty: what was accepted is done.
        loop = Task.Run(() => Run(CancellationToken.None));
    }

    /// <summary>Queues a deed. It is cancelled only while it has not begun.</summary>
    public Task<T> Write<T>(Func<SqliteSession, T> deed, CancellationToken cancellationToken) =>
        Enqueue(new SqliteDeed<T>(deed, cancellationToken));

    /// <summary>Queues a deed that has the writer to itself and begins, commits and rolls back by itself.</summary>
    public Task<T> Alone<T>(Func<SqliteSession, CancellationToken, Task<T>> deed, CancellationToken cancellationToken) =>
        Enqueue(new SqliteLoneDeed<T>(deed, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private Task<T> Enqueue<T>(SqliteAnsweredWrite<T> write)
    {
        if (HoldsTheWriter.Value)
        {
            throw new InvalidOperationException("The single writer of the SQLite file is held by this very call: use the given unit of work, and call the store afterwards.");
        }

        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return write.Answer;
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        List<SqliteWrite> group = [];
        while (await queue.Reader.WaitToReadAsync(cancellationToken))
        {
            while (queue.Reader.TryRead(out var write))
            {
                if (!write.IsAlone)
                {
                    group.Add(write);
                    if (group.Count < LargestGroup)
                    {
                        continue;
                    }
                }

                Together(group);
                if (write.IsAlone)
                {
                    await Alone(write, cancellationToken);
                }
            }

            Together(group);
        }
    }

    private void Together(List<SqliteWrite> group)
    {
        group.RemoveAll(write => write.IsCancelled);
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            session.Begin();
            foreach (var write in group)
            {
                session.Do("savepoint deed");
                session.Do(write.Try(session) ? "release deed" : "rollback to deed; release deed");
            }

            var hasWork = session.MadeWork;
            session.Commit();
            session.MadeWork = false;
            group.ForEach(write => write.Complete());
            Tell(hasWork);
        }
#pragma warning disable CA1031 // The loop outlives every failure; the callers get it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            session.RollBack();
            group.ForEach(write => write.Fail(failure));
        }

        group.Clear();
    }

    private async Task Alone(SqliteWrite write, CancellationToken cancellationToken)
    {
        if (write.IsCancelled)
        {
            return;
        }

        HoldsTheWriter.Value = true;
        await write.RunAlone(session).WaitAsync(cancellationToken);
        HoldsTheWriter.Value = false;
        if (session.Transaction is not null)
        {
            session.RollBack();
        }

        var hasWork = session.MadeWork;
        session.MadeWork = false;
        write.Complete();
        Tell(hasWork);
    }

    private void Tell(bool hasWork)
    {
        if (hasWork)
        {
            madeWork();
        }
    }
}
