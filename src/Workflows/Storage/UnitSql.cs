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

    /// <summary>Inserts rows of the same width by one statement; gives their number.</summary>
    /// <param name="text">The statement up to <c>values</c>, and what follows the rows: <c>on conflict …</c>.</param>
    public static Task<int> Insert(UnitOfWork unit, ReadSide side, (string Into, string Otherwise) text, IReadOnlyCollection<object?[]> rows, CancellationToken cancellationToken)
    {
        var places = rows.Select((row, index) => $"({ReadSide.Marks(index * row.Length, row.Length)})");
        return Run(unit, side, $"{text.Into} values {string.Join(", ", places)} {text.Otherwise}", [.. rows.SelectMany(row => row)], cancellationToken);
    }
}
