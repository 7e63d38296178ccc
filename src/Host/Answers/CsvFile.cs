using System.Globalization;
using System.Text;

namespace Relief.Flow.Host.Answers;

/// <summary>A table as CSV that spreadsheets read: UTF-8 with a byte order mark, and no cell that one of them would run as a formula.</summary>
internal static class CsvFile
{
    private static readonly char[] Starts = ['=', '+', '-', '@', '\t', '\r', '\n'];
    private static readonly char[] Quoted = ['"', ',', '\r', '\n'];

    /// <summary>The file; each row is a list of cells: text, numbers, days.</summary>
    public static IResult Of(string name, IEnumerable<IReadOnlyList<object?>> rows) => Of(name, Bytes(rows));

    /// <summary>The file of what <see cref="Bytes"/> made.</summary>
    public static IResult Of(string name, byte[] bytes) => Results.File(bytes, "text/csv; charset=utf-8", name);

    /// <summary>What the file is to hold, for whoever wants to seal it first.</summary>
    public static byte[] Bytes(IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    // A number is ours and may be negative; a text that begins like a formula is shown as text.
    private static string Cell(object? value) => value switch
    {
        null => "",
        decimal or int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!)
    };

    private static string Quote(string text)
    {
        if (text.Length > 0 && Starts.Contains(text.TrimStart(' ') is [var first, ..] ? first : ' '))
            text = "'" + text;
        return text.IndexOfAny(Quoted) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
