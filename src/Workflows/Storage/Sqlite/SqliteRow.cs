using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Reads columns as the engine's types.</summary>
internal static class SqliteRow
{
    public static Guid Id(this SqliteDataReader row, int column) => Guid.Parse(row.GetString(column));

    public static Guid? IdOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Id(column);

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset? Instant(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : SqliteSession.FromMs(row.GetInt64(column));

    public static byte[]? Bytes(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static JsonElement Json(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? default : JsonElement.Parse(row.GetString(column));

    public static ImmutableArray<string> Texts(this SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize<ImmutableArray<string>>(row.GetString(column));
}
