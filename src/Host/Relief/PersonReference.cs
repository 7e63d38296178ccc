using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>How outside channels name people here: by their own references, never by a number that identifies somebody elsewhere.</summary>
internal static class PersonReference
{
    private const int ShortestNumber = 11;

    /// <summary>Whether a text looks like a phone or ID number: nothing but letters and digits, eleven digits or more.</summary>
    public static bool IsNumber(string? text) =>
        text is { Length: >= ShortestNumber } && text.All(char.IsAsciiLetterOrDigit) && text.Count(char.IsAsciiDigit) >= ShortestNumber;

    /// <summary>Whether a free text is such a number, or has one of a person or an account somewhere in it.</summary>
    public static bool HoldsNumber(string? text) => text is not null && (IsNumber(text) || Masking.Tells(text));
}
