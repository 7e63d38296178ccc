using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Connections for reading: lists, details, journals. They see what is committed, at once, and write nothing.</summary>
/// <remarks>They do not go through the writer, so that a long list never holds up a burst.</remarks>
public sealed partial class ReadSide : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _sqlite = "";

    /// <param name="connectionString">The installation's connection string; what reading needs in addition is set here.</param>
    public ReadSide(StorageKind kind, string connectionString)
    {
        Kind = kind;
        if (kind == StorageKind.PostgreSql)
            _postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
            {
                SearchPath = "flow,relief,public",
                ApplicationName = "relief-flow-read",
                NoResetOnClose = true
            });
        else
            _sqlite = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30 }.ConnectionString;
    }

    public StorageKind Kind { get; }

    /// <summary>An open connection; dispose it. Names are found without a schema.</summary>
    public async Task<DbConnection> Open(CancellationToken cancellationToken)
    {
        if (_postgres is not null)
            return await _postgres.OpenConnectionAsync(cancellationToken);

        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>The text with <c>@schema.table</c> as this database names it: SQLite knows no schemas, there it is <c>schema_table</c>.</summary>
    internal string Named(string text) => OtherSchema().Replace(text, Kind == StorageKind.PostgreSql ? "$1." : "$1_");

    /// <summary>The place of a value in a statement.</summary>
    internal static string Place(int index) => "@p" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The marks of several values in a text that is still to get its places: <c>{2}, {3}</c> for two from the third on.</summary>
    internal static string Marks(int from, int count) => string.Join(", ", Enumerable.Range(from, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"{{{index}}}")));

    /// <summary>Gives a statement its values, each at its <see cref="Place"/>; a null has none, the statement says it itself.</summary>
    internal void Bind(DbCommand command, IReadOnlyList<object?> values)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is not { } value)
                continue;

            var parameter = command.CreateParameter();
            parameter.ParameterName = Place(index);
            parameter.Value = ToColumn(value);
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>How a value stands in this database: SQLite keeps ids as lower-case text, instants as UTC milliseconds and spans as milliseconds.</summary>
    internal object ToColumn(object value) => (Kind, value) switch
    {
        (StorageKind.Sqlite, Guid id) => id.ToString("D"),
        (StorageKind.Sqlite, DateTimeOffset at) => at.ToUnixTimeMilliseconds(),
        (StorageKind.Sqlite, TimeSpan span) => (long)span.TotalMilliseconds,
        (StorageKind.PostgreSql, DateTimeOffset at) => at.ToUniversalTime(),
        _ => value
    };

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    [GeneratedRegex(@"@(\w+)\.")]
    private static partial Regex OtherSchema();
}
