using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Matching;

/// <summary>Reads a partner's file row by row: a bad row is refused with line, column and reason, and the rest goes on.</summary>
/// <remarks>ID numbers become pseudonyms as they are read; no fault holds anything of a row. Memory does not grow with the file.</remarks>
public sealed class PartnerFile(PersonalDataKey key, FileShape shape)
{
    private const int LongestReference = 50;
    private const int LengthOfHash = 64;

    /// <summary>The rows and faults, in the file's order; null alone when its heading says nothing of whom the rows are about.</summary>
    public async IAsyncEnumerable<ReadLine?> Read(TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileHeading? heading = null;
        await foreach (var (number, text) in BoundedLines.Of(reader, cancellationToken))
        {
            if (heading is null)
            {
                heading = text is null ? null : FileHeading.Of(text);
                if (heading is null)
                    break;
            }
            else if (text is null)
                yield return Fault(number, "row", "tooLong");
            else if (!string.IsNullOrWhiteSpace(text))
                yield return RowOf(heading, number, text);
        }

        if (heading is null)
            yield return null;
    }

    private ReadLine RowOf(FileHeading heading, int line, string text)
    {
        if (CsvLine.Fields(text) is not { } fields)
            return Fault(line, "row", "quote");
        if (fields.Count != heading.Count)
            return Fault(line, "row", "columns");
        string Value(string name) => heading.Places.TryGetValue(name, out var place) ? fields[place] : "";

        var (pseudonym, problem) = PseudonymOf(Value(FileHeading.IdNumber), Value(FileHeading.Pseudonym));
        if (problem is not null)
            return Fault(line, Value(FileHeading.IdNumber).Length > 0 || !heading.Places.ContainsKey(FileHeading.Pseudonym) ? FileHeading.IdNumber : FileHeading.Pseudonym, problem);
        var (on, wrongDay) = DayOf(Value(FileHeading.EventOn));
        if (wrongDay is not null)
            return Fault(line, FileHeading.EventOn, wrongDay);
        var area = Value(FileHeading.AreaCode);
        if (area.Length > 0 ? !shape.Areas.Contains(area) : shape.NeedsArea)
            return Fault(line, FileHeading.AreaCode, area.Length > 0 ? "unknownArea" : "missing");
        var reference = Value(FileHeading.Reference);
        if (reference.Length > LongestReference || IsNumber(reference))
            return Fault(line, FileHeading.Reference, reference.Length > LongestReference ? "tooLong" : "isNumber");
        return new ReadLine(new PartnerRow(HashOf(pseudonym!, on, area, reference), line, pseudonym!, on, area.Length > 0 ? area : null, reference.Length > 0 ? reference : null), null);
    }

    private (string? Pseudonym, string? Problem) PseudonymOf(string number, string pseudonym)
    {
        if (number.Length > 0)
            return number.Length == 15 && number.All(char.IsAsciiDigit) ? (null, "tooShort") : IdNumber.IsOne(number) ? (key.SearchHash(number), null) : (null, "malformed");
        if (pseudonym.Length == 0)
            return (null, "missing");
        return pseudonym.Length == LengthOfHash && pseudonym.All(char.IsAsciiHexDigit) ? (pseudonym.ToLowerInvariant(), null) : (null, "malformed");
    }

    private (DateOnly? Day, string? Problem) DayOf(string text)
    {
        if (text.Length == 0)
            return (null, shape.NeedsDate ? "missing" : null);
        if (!DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (null, "malformed");
        return day > shape.Today ? (null, "future") : (day, null);
    }

    // A reference that is a phone or ID number would keep what the pseudonym hides.
    private static bool IsNumber(string reference) => reference.Length >= 11 && reference.All(char.IsAsciiLetterOrDigit) && reference.Count(char.IsAsciiDigit) >= 11;

    private static string HashOf(string pseudonym, DateOnly? on, string area, string reference) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pseudonym}|{on:yyyyMMdd}|{area}|{reference}"))).AsSpan(0, 16));

    private static ReadLine Fault(int line, string field, string reason) => new(null, new RowFault(line, field, reason));
}
