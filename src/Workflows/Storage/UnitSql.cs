using System.Globalization;

namespace Relief.Flow.Workflows.Storage;

/// <summary>A statement inside an open transaction, the same text on both databases, with <c>{0}</c> … for its values.</summary>
internal static class UnitSql
{
    /// <summary>Runs it; gives the number of rows.</summary>
    public static async Task<int> Run(UnitOfWork unit, ReadSide side, string text, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = string.Format(CultureInfo.InvariantCulture, text, [.. values.Select((value, index) => value is null ? (object)"null" : ReadSide.Place(index))]);
        side.Bind(command, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
