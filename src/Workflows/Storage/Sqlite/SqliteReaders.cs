using System.Threading.Channels;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>A few connections that only read; each read sees one snapshot of what was committed before it began.</summary>
internal sealed class SqliteReaders : IDisposable
{
    private readonly Channel<SqliteSession> idle = Channel.CreateUnbounded<SqliteSession>();

    public SqliteReaders(SqliteStoreOptions options, TimeProvider time)
    {
        for (var i = 0; i < options.Readers; i++)
        {
            idle.Writer.TryWrite(SqliteSession.Open(options.Path, isReader: true, time));
        }
    }

    public async Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        var session = await idle.Reader.ReadAsync(cancellationToken);
        try
        {
            session.Do("begin");
            return read(session);
        }
        finally
        {
            session.Do("commit");
            idle.Writer.TryWrite(session);
        }
    }

    public void Dispose()
    {
        idle.Writer.TryComplete();
        while (idle.Reader.TryRead(out var session))
        {
            session.Dispose();
        }
    }
}
