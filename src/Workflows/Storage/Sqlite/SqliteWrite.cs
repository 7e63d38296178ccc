namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Something the writer shall do, and the caller who waits for it.</summary>
internal abstract class SqliteWrite
{
    public abstract bool IsAlone { get; }

    /// <summary>True when the caller gave up before it began; the caller has been told.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Runs inside the group's transaction.</summary>
    /// <returns>False when it threw and must be undone.</returns>
    public abstract bool Try(SqliteSession session);

    public abstract Task RunAlone(SqliteSession session);

    /// <summary>Gives the caller what the deed returned or threw, after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);
}
