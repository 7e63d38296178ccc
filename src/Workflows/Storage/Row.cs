using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>The row a reader stands on, by column name, the same over both databases.</summary>
internal sealed class Row(DbDataReader reader, StorageKind kind)
{
    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    public string? TextOrNull(string column) => Read(column, reader.GetString);

    public int Int(string column) => Convert.ToInt32(reader.GetValue(reader.GetOrdinal(column)), CultureInfo.InvariantCulture);

    public int? IntOrNull(string column) => IsNull(column) ? null : Int(column);

    public long Long(string column) => Convert.ToInt64(reader.GetValue(reader.GetOrdinal(column)), CultureInfo.InvariantCulture);

    public bool Flag(string column) => reader.GetBoolean(reader.GetOrdinal(column));

    public Guid Id(string column) => IdOrNull(column) ?? throw new InvalidOperationException($"{column} is null.");

    public Guid? IdOrNull(string column)
    {
        var at = reader.GetOrdinal(column);
        return reader.IsDBNull(at) ? null : kind == StorageKind.Sqlite ? Guid.Parse(reader.GetString(at)) : reader.GetGuid(at);
    }

    public DateTimeOffset Instant(string column) => InstantOrNull(column) ?? throw new InvalidOperationException($"{column} is null.");

    public DateTimeOffset? InstantOrNull(string column)
    {
        var at = reader.GetOrdinal(column);
        if (reader.IsDBNull(at))
            return null;

        return kind == StorageKind.Sqlite
            ? DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(at))
            : new DateTimeOffset(reader.GetDateTime(at), TimeSpan.Zero);
    }

    /// <summary>A span of time: an interval in PostgreSQL, milliseconds in SQLite.</summary>
    public TimeSpan? SpanOrNull(string column)
    {
        var at = reader.GetOrdinal(column);
        if (reader.IsDBNull(at))
            return null;

        return kind == StorageKind.Sqlite ? TimeSpan.FromMilliseconds(reader.GetInt64(at)) : reader.GetFieldValue<TimeSpan>(at);
    }

    public byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(reader.GetOrdinal(column));

    public byte[]? BytesOrNull(string column) => IsNull(column) ? null : Bytes(column);

    /// <summary>A JSON column; undefined when it is null.</summary>
    public JsonElement Json(string column)
    {
        var at = reader.GetOrdinal(column);
        if (reader.IsDBNull(at))
            return default;

        var text = reader.GetValue(at) switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            var value => (string)value
        };
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>A list of texts: an array in PostgreSQL, JSON in SQLite.</summary>
    public IReadOnlyList<string> Texts(string column)
    {
        var at = reader.GetOrdinal(column);
        if (reader.IsDBNull(at))
            return [];

        return reader.GetValue(at) is string[] texts
            ? texts
            : JsonSerializer.Deserialize<string[]>(reader.GetString(at)) ?? [];
    }

    private bool IsNull(string column) => reader.IsDBNull(reader.GetOrdinal(column));

    private string? Read(string column, Func<int, string> read)
    {
        var at = reader.GetOrdinal(column);
        return reader.IsDBNull(at) ? null : read(at);
    }
}
