using System.Text;

namespace Relief.Flow.Activities;

/// <summary>The fields of a line of comma-separated values (RFC 4180); a quoted field ends on its line.</summary>
internal static class CsvLine
{
    /// <summary>The fields without their quotes and the spaces around them; null when a quote is not closed or stands where none may.</summary>
    public static List<string>? Fields(string line)
    {
        List<string> fields = [];
        for (var at = 0; ;)
        {
            if (Field(line, ref at) is not { } field)
                return null;
            fields.Add(field);
            if (at == line.Length)
                return fields;
            at++;   // the comma
        }
    }

    private static string? Field(string line, ref int at)
    {
        if (at < line.Length && line[at] == '"')
            return Quoted(line, ref at);
        var end = line.IndexOf(',', at);
        end = end < 0 ? line.Length : end;
        var field = line[at..end].Trim();
        at = end;
        return field.Contains('"') ? null : field;
    }

    private static string? Quoted(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
                text.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"')
                text.Append(line[at++]);
            else
                return ++at == line.Length || line[at] == ',' ? text.ToString().Trim() : null;
        }

        return null;
    }
}
