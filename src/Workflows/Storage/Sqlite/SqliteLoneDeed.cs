namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>A deed that has the writer to itself.</summary>
internal sealed class SqliteLoneDeed<T>(Func<SqliteSession, CancellationToken, Task<T>> deed, CancellationToken cancellationToken) : SqliteAnsweredWrite<T>(cancellationToken)
{
    public override bool IsAlone => true;

    public override bool Try(SqliteSession session) => throw new InvalidOperationException("This deed runs alone.");

    public override async Task RunAlone(SqliteSession session)
    {
        try
        {
            Result = await deed(session, Cancellation);
        }
#pragma warning disable CA1031 // The writer outlives every failure; the caller gets it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
        }
    }
}
