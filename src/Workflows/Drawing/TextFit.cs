namespace Relief.Flow.Workflows.Drawing;

/// <summary>How wide a text will be, near enough for every common font, and how it is broken into lines.</summary>
internal static class TextFit
{
    public static double Width(string text, double size) => text.EnumerateRunes().Sum(rune => Em(rune.Value)) * size;

    /// <summary>At most <paramref name="most"/> lines; what does not fit ends with an ellipsis.</summary>
    public static IReadOnlyList<string> Lines(string text, double size, double width, int most)
    {
        List<string> lines = [];
        var rest = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        while (rest.Length > 0 && lines.Count < most)
        {
            var line = lines.Count == most - 1 ? Clip(rest, size, width) : Head(rest, size, width);
            lines.Add(line.TrimEnd());
            rest = lines.Count == most ? "" : rest[line.Length..].TrimStart();
        }

        return lines;
    }

    public static string Clip(string text, double size, double width)
    {
        if (Width(text, size) <= width)
            return text;

        var fits = Fits(text, size, width - size);
        return text[..fits].TrimEnd() + "…";
    }

    // Between words where there are any; Chinese may be broken anywhere.
    private static string Head(string text, double size, double width)
    {
        var fits = Fits(text, size, width);
        if (fits == text.Length)
            return text;

        var space = text.LastIndexOf(' ', fits, fits);
        return text[..(space > fits / 2 && text[fits] < 0x2E80 ? space + 1 : fits)];
    }

    // Never inside a pair of surrogates, and always something.
    private static int Fits(string text, double size, double width)
    {
        var (length, used) = (0, 0.0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Em(rune.Value) * size;
            if (used > width && length > 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return Math.Min(length, text.Length);
    }

    private static double Em(int rune) => rune switch
    {
        >= 0x2E80 => 1.0,
        >= 'A' and <= 'Z' => 0.68,
        'i' or 'l' or 'j' or 't' or 'f' or '.' or ',' or ' ' or ':' or '\'' => 0.3,
        'm' or 'w' or 'M' or 'W' or '%' => 0.85,
        _ => 0.56
    };
}
