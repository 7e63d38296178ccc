using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>The few statements on keys, users and sessions, with values by place: <c>@p0</c>, <c>@p1</c> ….</summary>
internal static class AccessSql
{
    /// <summary>How a secret is kept.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static DateTimeOffset? InstantOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <summary>Runs a statement inside a transaction; gives the number of rows.</summary>
    public static async Task<int> Run(UnitOfWork unit, string sql, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(unit.Connection, sql, values);
        command.Transaction = unit.Transaction;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> Read<T>(ReadSide side, (string Sql, object?[] Values) query, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var connection = await side.Open(cancellationToken);
        await using var command = Command(connection, query.Sql, query.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(reader));
        return rows;
    }

    private static DbCommand Command(DbConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "p" + index.ToString(CultureInfo.InvariantCulture);
            parameter.Value = values[index] ?? DBNull.Value;
            if (values[index] is null)
                parameter.DbType = System.Data.DbType.Int64;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
