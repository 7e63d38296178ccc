namespace Relief.Flow.Activities.Matching;

/// <summary>Which column of a file is which, by the names in its first line, Chinese or English. Columns that nobody asked for are passed over and never kept.</summary>
/// <param name="Places">The place of each known column.</param>
/// <param name="Count">How many columns there are.</param>
public sealed record FileHeading(IReadOnlyDictionary<string, int> Places, int Count)
{
    public const string IdNumber = "idNumber";
    public const string Pseudonym = "pseudonym";
    public const string EventOn = "eventOn";
    public const string AreaCode = "areaCode";
    public const string Reference = "reference";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        [IdNumber] = IdNumber, ["身份证号"] = IdNumber, ["公民身份号码"] = IdNumber, ["证件号码"] = IdNumber,
        [Pseudonym] = Pseudonym, ["假名"] = Pseudonym, ["脱敏标识"] = Pseudonym,
        [EventOn] = EventOn, ["发生日期"] = EventOn, ["日期"] = EventOn,
        [AreaCode] = AreaCode, ["行政区划代码"] = AreaCode, ["区划代码"] = AreaCode,
        [Reference] = Reference, ["业务编号"] = Reference, ["编号"] = Reference
    };

    /// <summary>Reads the first line; null when no column says whom a row is about, or two say the same.</summary>
    public static FileHeading? Of(string line)
    {
        var fields = CsvLine.Fields(line.TrimStart('\uFEFF')) ?? [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (var at = 0; at < fields.Count; at++)
        {
            if (Names.TryGetValue(fields[at], out var name) && !places.TryAdd(name, at))
                return null;
        }

        return places.ContainsKey(IdNumber) || places.ContainsKey(Pseudonym) ? new FileHeading(places, fields.Count) : null;
    }
}
