using Microsoft.EntityFrameworkCore;
using Npgsql;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Where the relief records are kept: what an activity asks for in its constructor.</summary>
/// <param name="kind">Which of the two databases.</param>
/// <param name="connectionString">For reading; writing goes through the burst's own connection.</param>
public sealed class ReliefDatabase(StorageKind kind, string connectionString)
{
    private readonly DbContextOptions _all = Options<ReliefDbContext>(kind, connectionString);
    private readonly DbContextOptions _visible = Options<VisibleRecordsContext>(kind, connectionString);

    /// <summary>Changes records in the transaction of the burst.</summary>
    public ReliefDbContext Over(UnitOfWork unit) => ReliefDbContext.Over(unit, kind);

    /// <summary>Reads for an activity that <see cref="ReadsRecordsAttribute">reads records</see>: in the transaction that its instance begins in, else what is committed.</summary>
    public ReliefDbContext Reading(ActivityContext context) => context.Unit is { } unit ? Over(unit) : Reading();

    /// <summary>Reads what is committed, on a connection of its own.</summary>
    /// <param name="view">Leaves out what somebody may not see; null shows everything.</param>
    public ReliefDbContext Reading(RecordVisibility? view = null) => view is null ? new ReliefDbContext(_all, kind) : new VisibleRecordsContext(_visible, kind, view);

    /// <summary>Builds the model of the records ahead of their first use, which otherwise waits for it; asks the database nothing.</summary>
    public void Warm()
    {
        using var context = Reading();
        _ = context.Model.GetEntityTypes().Count();
    }

    private static DbContextOptions<T> Options<T>(StorageKind kind, string connectionString) where T : DbContext
    {
        // A view's areas travel as one list: their number must not make a statement of its own.
        var options = new DbContextOptionsBuilder<T>();
        if (kind == StorageKind.Sqlite)
            options.UseSqlite(connectionString, database => database.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        else
            options.UseNpgsql(Prepared(connectionString), database => database.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        return options.Options;
    }

    // What is asked twice is prepared; queries leave nothing on a session that would have to be reset.
    private static string Prepared(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 128, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, DatabaseSessions.Most);
        return settings.ConnectionString;
    }
}
