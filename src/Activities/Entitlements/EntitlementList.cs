using System.Globalization;

namespace Relief.Flow.Activities.Entitlements;

/// <summary>Reads a list of entitlements row by row: a bad row is refused with line, column and reason, and the rest goes on.</summary>
/// <remarks>The first line names the columns, Chinese or English: idNumber (身份证号), period (月份), amount (金额). No fault holds anything of a row.</remarks>
public static class EntitlementList
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["idNumber"] = "idNumber", ["身份证号"] = "idNumber", ["period"] = "period", ["月份"] = "period", ["amount"] = "amount", ["金额"] = "amount"
    };

    /// <summary>The rows and faults; null when the first line does not name the columns.</summary>
    public static async Task<(IReadOnlyList<ListedEntitlement> Rows, IReadOnlyList<ListFault> Faults)?> Read(TextReader reader, CancellationToken cancellationToken)
    {
        Dictionary<string, int>? places = null;
        var columns = 0;
        List<ListedEntitlement> rows = [];
        List<ListFault> faults = [];
        await foreach (var (number, text) in BoundedLines.Of(reader, cancellationToken))
        {
            if (places is null)
            {
                (places, columns) = Heading(text);
                if (places is null)
                    return null;
            }
            else if (text is null)
                faults.Add(new ListFault(number, "row", "tooLong"));
            else if (!string.IsNullOrWhiteSpace(text))
                Add(number, CsvLine.Fields(text));
        }

        return places is null ? null : (rows, faults);

        void Add(int line, List<string>? fields)
        {
            if (fields is null || fields.Count != columns)
                faults.Add(new ListFault(line, "row", fields is null ? "quote" : "columns"));
            else if (fields[places["idNumber"]] is var id && (id.Length != 18 || !id[..17].All(char.IsAsciiDigit)))
                faults.Add(new ListFault(line, "idNumber", id.Length == 0 ? "missing" : "malformed"));
            else if (!DateOnly.TryParseExact(fields[places["period"]] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                faults.Add(new ListFault(line, "period", "malformed"));
            else if (!decimal.TryParse(fields[places["amount"]], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount is <= 0 or > 1_000_000 || decimal.Round(amount, 2) != amount)
                faults.Add(new ListFault(line, "amount", "malformed"));
            else
                rows.Add(new ListedEntitlement(line, id, fields[places["period"]], amount));
        }
    }

    private static (Dictionary<string, int>? Places, int Columns) Heading(string? line)
    {
        var fields = CsvLine.Fields((line ?? "").TrimStart('\uFEFF')) ?? [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (var at = 0; at < fields.Count; at++)
        {
            if (Names.TryGetValue(fields[at], out var name) && !places.TryAdd(name, at))
                return (null, 0);
        }

        return places.Count == 3 ? (places, fields.Count) : (null, 0);
    }
}

/// <summary>A row that can be taken.</summary>
/// <param name="Line">Its line, the heading being 1.</param>
public sealed record ListedEntitlement(int Line, string IdNumber, string Period, decimal Amount);

/// <summary>Where and why a row cannot be taken.</summary>
/// <param name="Line">Its line, the heading being 1.</param>
/// <param name="Field">The column; <c>row</c> when it is about the whole.</param>
/// <param name="Reason">tooLong, quote, columns, missing, malformed, unknownPerson or otherAmount.</param>
public sealed record ListFault(int Line, string Field, string Reason);
