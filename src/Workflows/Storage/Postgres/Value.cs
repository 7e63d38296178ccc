using System.Text.Json;
using NpgsqlTypes;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>A parameter's value with its type in the database, so that a null or an empty array is typed too.</summary>
internal readonly record struct Value(NpgsqlDbType Type, object? Data)
{
    public static Value Of(Guid? value) => new(NpgsqlDbType.Uuid, value);

    public static Value Of(string? value) => new(NpgsqlDbType.Text, value);

    public static Value Of(int? value) => new(NpgsqlDbType.Integer, value);

    public static Value Of(long? value) => new(NpgsqlDbType.Bigint, value);

    public static Value Of(bool value) => new(NpgsqlDbType.Boolean, value);

    public static Value Of(byte[]? value) => new(NpgsqlDbType.Bytea, value);

    public static Value Of(TimeSpan value) => new(NpgsqlDbType.Interval, value);

    /// <summary>An instant; PostgreSQL keeps microseconds, the last digit of a tick is lost.</summary>
    public static Value Of(DateTimeOffset? value) => new(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static Value Of(IEnumerable<Guid> values) => Array(NpgsqlDbType.Uuid, values.ToArray());

    public static Value Of(IEnumerable<long> values) => Array(NpgsqlDbType.Bigint, values.ToArray());

    public static Value Of(IEnumerable<string?> values) => Array(NpgsqlDbType.Text, values.ToArray());

    /// <summary>JSON as it was written; undefined becomes null.</summary>
    public static Value Json(JsonElement value) => new(NpgsqlDbType.Json, Raw(value));

    public static Value Json(string? value) => new(NpgsqlDbType.Json, value);

    public static string? Raw(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : value.GetRawText();

    public static Value Array(NpgsqlDbType element, Array values) => new(NpgsqlDbType.Array | element, values);
}
