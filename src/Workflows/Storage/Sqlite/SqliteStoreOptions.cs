namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Where the file lies and how long things are kept.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file; its folder is made when it is missing. Beside it lie <c>-wal</c>, <c>-shm</c> and <c>.owner</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How many connections may read at the same time.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>The lease of an instance that is born claimed (<see cref="NewInstance.ClaimFor"/>).</summary>
    public TimeSpan StartLease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long idempotency keys are kept (business time).</summary>
    public TimeSpan KeepKeys { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long delivered outbox rows are kept (business time).</summary>
    public TimeSpan KeepDelivered { get; init; } = TimeSpan.FromDays(30);
}
