namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>A deed that shares its transaction with others.</summary>
internal sealed class SqliteDeed<T>(Func<SqliteSession, T> deed, CancellationToken cancellationToken) : SqliteAnsweredWrite<T>(cancellationToken)
{
    public override bool IsAlone => false;

    public override bool Try(SqliteSession session)
    {
        try
        {
            Result = deed(session);
            return true;
        }
#pragma warning disable CA1031 // One deed's failure must not sink the others of its group; its caller gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            return false;
        }
    }

    public override Task RunAlone(SqliteSession session) => throw new InvalidOperationException("This deed shares its transaction.");
}
