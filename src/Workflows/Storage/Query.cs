using System.Globalization;
using System.Text;

namespace Relief.Flow.Workflows.Storage;

/// <summary>One select, put together from the conditions that were asked for; the same text on both databases.</summary>
internal sealed class Query(ReadSide side, string select)
{
    private readonly StringBuilder _text = new(select);
    private readonly List<object> _values = [];
    private bool _filtered;

    /// <summary>Adds a condition with <c>{0}</c> for its value; nothing when the value is null.</summary>
    public Query Where(string condition, object? value) => value is null ? this : Condition(condition, [value]);

    /// <summary>Adds a condition without a value.</summary>
    public Query Where(string condition) => Condition(condition, []);

    /// <summary>Adds a condition with several values.</summary>
    public Query WhereAll(string condition, params object[] values) => Condition(condition, values);

    /// <summary>One of several values; nothing when there are none.</summary>
    public Query In<T>(string column, IReadOnlyCollection<T> values) where T : notnull
    {
        if (values.Count == 0)
            return this;

        return Condition($"{column} in ({ReadSide.Marks(0, values.Count)})", [.. values.Cast<object>()]);
    }

    /// <summary>Only what may be seen; everything when that is null.</summary>
    public Query Seen(VisibleWhere? where) => where is null ? this : Condition($"({side.Named(where.Condition)})", [.. where.Values]);

    /// <summary>Only what comes after the last row of the page before, in the order newest first of these two columns.</summary>
    public Query Before(string columns, Cursor? after) => after is null ? this : Condition($"({columns}) < ({{0}}, {{1}})", [after.At, after.Id]);

    /// <summary>Whatever follows the conditions, with its values.</summary>
    public Query Then(string text, params object[] values)
    {
        _text.Append(' ').Append(Named(text, values));
        return this;
    }

    public async Task<List<T>> Read<T>(Func<Row, T> map, CancellationToken cancellationToken)
    {
        await using var connection = await side.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = _text.ToString();
        side.Bind(command, _values);

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new Row(reader, side.Kind);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(row));
        return rows;
    }

    /// <summary>Whether there is a row at all.</summary>
    public async Task<bool> Any(CancellationToken cancellationToken) => (await Read(_ => true, cancellationToken)).Count > 0;

    private Query Condition(string condition, object[] values)
    {
        _text.Append(_filtered ? " and " : " where ").Append(Named(condition, values));
        _filtered = true;
        return this;
    }

    private string Named(string text, object[] values)
    {
        var names = new object[values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            names[index] = ReadSide.Place(_values.Count);
            _values.Add(values[index]);
        }

        return string.Format(CultureInfo.InvariantCulture, text, names);
    }
}
