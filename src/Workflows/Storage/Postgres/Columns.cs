using NpgsqlTypes;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Turns rows into one array per column, for <c>unnest</c>.</summary>
internal sealed class Columns<T>(IReadOnlyList<T> rows)
{
    public Value Uuid(Func<T, Guid?> pick) => Of(NpgsqlDbType.Uuid, pick);

    public Value Text(Func<T, string?> pick) => Of(NpgsqlDbType.Text, pick);

    public Value Json(Func<T, string?> pick) => Of(NpgsqlDbType.Json, pick);

    public Value Small(Func<T, int?> pick) => Of(NpgsqlDbType.Smallint, row => (short?)pick(row));

    public Value Int(Func<T, int?> pick) => Of(NpgsqlDbType.Integer, pick);

    public Value Big(Func<T, long?> pick) => Of(NpgsqlDbType.Bigint, pick);

    public Value Bool(Func<T, bool> pick) => Of(NpgsqlDbType.Boolean, pick);

    public Value Bytes(Func<T, byte[]?> pick) => Of(NpgsqlDbType.Bytea, pick);

    public Value Time(Func<T, DateTimeOffset?> pick) => Of(NpgsqlDbType.TimestampTz, row => pick(row)?.ToUniversalTime());

    public Value Span(Func<T, TimeSpan> pick) => Of(NpgsqlDbType.Interval, pick);

    private Value Of<TColumn>(NpgsqlDbType type, Func<T, TColumn> pick)
    {
        var column = new TColumn[rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = pick(rows[i]);
        }

        return Value.Array(type, column);
    }
}
