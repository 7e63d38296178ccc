using System.Collections.Concurrent;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>A few connections that only read; each read sees one snapshot of what was committed before it began.</summary>
/// <remarks>One is opened when all the others are busy, and the last one used is used next: a connection reads the whole schema before its first answer.</remarks>
internal sealed class SqliteReaders(SqliteStoreOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Readers);
    private readonly ConcurrentStack<SqliteSession> idle = [];

    public async Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return Snapshot(read);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var session))
        {
            session.Dispose();
        }

        free.Dispose();
    }

    private T Snapshot<T>(Func<SqliteSession, T> read)
    {
        if (!idle.TryPop(out var session))
        {
            session = SqliteSession.Open(options.Path, isReader: true, time);
        }

        try
        {
            session.Do("begin");
            return read(session);
        }
        finally
        {
            session.Do("commit");
            idle.Push(session);
        }
    }
}
