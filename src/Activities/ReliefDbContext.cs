using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>The relief records over either database: one model, two dialects.</summary>
/// <remarks>
/// Rows are immutable records. Nothing is tracked between two statements: read, decide, <see cref="Insert{T}"/> or
/// <see cref="Replace{T}"/>. Over a unit of work everything commits with the burst or not at all (engine.md 1.17); over a
/// connection string the context is for reading only. Locks are taken late and in one order: persons and cases, fund caps, fund accounts by
/// id, then number series.
/// </remarks>
public class ReliefDbContext : DbContext
{
    // Made once: to make them for each activity took longer than some activities.
    private static readonly DbContextOptions InSqlite = new DbContextOptionsBuilder<ReliefDbContext>().UseSqlite().Options;
    private static readonly DbContextOptions InPostgreSql = new DbContextOptionsBuilder<ReliefDbContext>().UseNpgsql().Options;

    private readonly StorageKind _kind;

    internal ReliefDbContext(DbContextOptions options, StorageKind kind) : base(options)
    {
        _kind = kind;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        ChangeTracker.AutoDetectChangesEnabled = false;
        Database.AutoSavepointsEnabled = false;   // the engine has its own savepoint around a relief activity
    }

    /// <summary>Joins the burst's transaction; dispose the context, never the connection.</summary>
    public static ReliefDbContext Over(UnitOfWork unit, StorageKind kind)
    {
        var context = new ReliefDbContext(kind == StorageKind.Sqlite ? InSqlite : InPostgreSql, kind);
        context.Database.SetDbConnection(unit.Connection);
        context.Database.UseTransaction(unit.Transaction);
        return context;
    }

    /// <summary>Joins the burst's transaction; which database it is, the connection says.</summary>
    public static ReliefDbContext Over(UnitOfWork unit) =>
        Over(unit, unit.Connection is Npgsql.NpgsqlConnection ? StorageKind.PostgreSql : StorageKind.Sqlite);

    /// <summary>Whether a row with this key is there, as far as this context shows it.</summary>
    public Task<bool> Holds<T>(string key, CancellationToken cancellationToken) where T : class
    {
        var column = ReliefTables.KeyOf(typeof(T));
        return Set<T>().AnyAsync(row => EF.Property<string>(row, column) == key, cancellationToken);
    }

    /// <summary>Writes a new row at once.</summary>
    public Task Insert<T>(T row, CancellationToken cancellationToken) where T : class => InsertAll([row], cancellationToken);

    /// <summary>Writes new rows at once.</summary>
    public async Task InsertAll<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken) where T : class
    {
        AddRange(rows);
        await SaveChangesAsync(cancellationToken);
        ChangeTracker.Clear();
    }

    /// <summary>Writes a changed row at once; the row must exist.</summary>
    public async Task Replace<T>(T row, CancellationToken cancellationToken) where T : class
    {
        Update(row);
        await SaveChangesAsync(cancellationToken);
        ChangeTracker.Clear();
    }

    /// <summary>Locks rows until the transaction ends, in the order of their keys; on SQLite the single writer is lock enough.</summary>
    public async Task Lock<T>(IEnumerable<string> keys, CancellationToken cancellationToken) where T : class
    {
        if (_kind == StorageKind.Sqlite)
            return;
        var table = ReliefTables.Names[typeof(T)];
        var sql = "select 1 from relief." + table + " where id = {0} for update";   // the table's name is ours
        foreach (var key in keys.Distinct().Order(StringComparer.Ordinal))
            await Database.ExecuteSqlRawAsync(sql, [key], cancellationToken);
    }

    /// <inheritdoc cref="Lock{T}(IEnumerable{string}, CancellationToken)"/>
    public Task Lock<T>(string key, CancellationToken cancellationToken) where T : class => Lock<T>([key], cancellationToken);

    /// <summary>The row with this key, which the statement that reads it locks until the transaction ends; on SQLite the single writer is lock enough.</summary>
    public IQueryable<T> Locked<T>(string key) where T : class
    {
        if (_kind == StorageKind.Sqlite)
            return Set<T>().Where(row => EF.Property<string>(row, "Id") == key);
        var sql = "select * from relief." + ReliefTables.Names[typeof(T)] + " where id = {0} for update";   // the table's name is ours
        return Set<T>().FromSqlRaw(sql, key);
    }

    /// <summary>Keeps others with the same word out until the transaction ends; for what has no row to lock yet.</summary>
    public async Task LockWord(string word, CancellationToken cancellationToken)
    {
        if (_kind == StorageKind.PostgreSql)
            await Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext({word}))", cancellationToken);
    }

    /// <summary>The next number of a series, from 1. The series stays locked until the transaction ends, so take it last.</summary>
    public async Task<int> NextNumber(string series, CancellationToken cancellationToken)
    {
        var table = _kind == StorageKind.Sqlite ? "relief_number_series" : "relief.number_series";
        var sql = "insert into " + table + " as s (id, last) values ({0}, 1) on conflict (id) do update set last = s.last + 1 returning last";
        var numbers = await Database.SqlQueryRaw<int>(sql, series).ToListAsync(cancellationToken);
        return numbers[0];
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var (type, table) in ReliefTables.Names)
        {
            var entity = modelBuilder.Entity(type);
            if (_kind == StorageKind.Sqlite)
                entity.ToTable("relief_" + table);
            else
                entity.ToTable(table, "relief");
            entity.HasKey(ReliefTables.KeyOf(type));
            foreach (var property in entity.Metadata.GetProperties())
            {
                property.SetColumnName(ReliefTables.SnakeCase(property.Name));
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
                if (property.ClrType.IsEnum || Nullable.GetUnderlyingType(property.ClrType)?.IsEnum == true)
                    property.SetProviderClrType(typeof(string));
            }
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<decimal>().HaveConversion<HundredthsColumn>();
        var lists = configurationBuilder.Properties<string[]>().HaveConversion<JsonListColumn, JsonListComparer>();
        if (_kind == StorageKind.Sqlite)
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MillisecondsColumn>();
        else
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcColumn>();
            lists.HaveColumnType("jsonb");
        }
    }
}
