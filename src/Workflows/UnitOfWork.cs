using System.Data.Common;

namespace Relief.Flow.Workflows;

/// <summary>The open transaction in which an activity changes records of its own together with the step that does so.</summary>
/// <remarks>
/// It commits with the burst or not at all: a crash, a lost lease or an exception leaves no row behind, and the activity runs
/// again from the last commit. Nothing may leave the process while it is open.
/// </remarks>
/// <param name="Connection">The open connection; on SQLite it is the single writer's.</param>
/// <param name="Transaction">The transaction to join (<c>Database.UseTransaction</c> in EF Core).</param>
public sealed record UnitOfWork(DbConnection Connection, DbTransaction Transaction);

/// <summary>Which database keeps an installation.</summary>
public enum StorageKind
{
    /// <summary>One file, one process: the default.</summary>
    Sqlite,

    /// <summary>Several nodes share one PostgreSQL.</summary>
    PostgreSql
}
