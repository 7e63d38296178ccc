using System.Globalization;

namespace Relief.Flow.Activities.People;

/// <summary>What an ID number (居民身份证号码) says by itself.</summary>
public static class IdNumber
{
    /// <summary>Whether it may be one: 17 digits and a digit or X, with a day of birth in it.</summary>
    public static bool IsOne(string? text) => text is { Length: 18 } number && number[..17].All(char.IsAsciiDigit) && (char.IsAsciiDigit(number[17]) || number[17] is 'X' or 'x') && BirthDate(number) is not null;

    /// <summary>The day of birth; null when it has none.</summary>
    public static DateOnly? BirthDate(string number) =>
        DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
