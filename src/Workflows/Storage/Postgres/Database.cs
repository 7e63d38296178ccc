using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Opens connections and repeats what lost a race for locks.</summary>
internal sealed class Database(NpgsqlDataSource source)
{
    /// <summary>How often something is sent at most when it deadlocks.</summary>
    public const int Attempts = 3;

    /// <summary>The lease that a start and a kept claim get; <see cref="ClaimRequest"/> brings its own.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How the server plans what comes over these sessions: once per statement, by its indexes, without compiling.</summary>
    /// <remarks>
    /// Every statement of the engine takes a handful of rows by key out of tables that may hold millions. The planner cannot know how long an
    /// array is, so it would plan each call anew, which costs more than running it; and a plan made while a table was empty would read it whole.
    /// </remarks>
    private const string Planning = "-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    public NpgsqlDataSource Source => source;

    /// <summary>A source with what the statements rely on: schemas, automatic preparing, a small pool.</summary>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "flow,relief,public",
            MaxAutoPrepare = 128,   // the engine's statements and those of the activities of one kind of pathway: with fewer they push each other out
            AutoPrepareMinUsages = 2,
            Enlist = false,
            // Nothing here leaves anything on a session (settings and locks are the transaction's), so there is nothing to reset: seven
            // statements less on every use of a connection.
            NoResetOnClose = true
        };
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, DatabaseSessions.Most);
        settings.Options ??= Planning;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>One round trip as one transaction, sent again after a deadlock.</summary>
    public Task<T> Ask<T>(string deed, Dictionary<string, Value> values, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken) =>
        Repeat(async connection =>
        {
            await using var round = new Round(connection).Add(deed, values);
            return await round.Read(read, cancellationToken);
        }, cancellationToken);

    /// <summary>One round trip of which only the row count matters.</summary>
    public Task<int> Run(string deed, Dictionary<string, Value> values, CancellationToken cancellationToken) =>
        Repeat(async connection =>
        {
            await using var round = new Round(connection).Add(deed, values);
            return await round.Run(cancellationToken);
        }, cancellationToken);

    /// <summary>Several round trips in one transaction, all again after a deadlock. Only for database work: nothing may leave the process in it.</summary>
    public Task<T> InTransaction<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) =>
        Repeat(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(connection);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }, cancellationToken);

    public async Task<T> Repeat<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await work(connection);
            }
            catch (PostgresException conflict) when (IsConflict(conflict) && attempt < Attempts)
            {
                // Rolled back by the server: nothing was written, so sending again is safe.
            }
        }
    }

    /// <summary>Deadlock or serialization failure: the transaction was rolled back and may be sent again.</summary>
    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
