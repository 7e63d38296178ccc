using System.Globalization;

namespace Relief.Flow.Host.Console;

/// <summary>A month, a quarter or a year, as an address says it: 2026-04, 2026-Q2, 2026.</summary>
public sealed record ShownPeriod(string Text, DateOnly From, DateOnly To)
{
    /// <summary>The period that a text names; the month of a day when it names none.</summary>
    public static ShownPeriod Of(string? text, DateOnly today) => Parse(text) ?? Month(today.Year, today.Month);

    /// <summary>What may be chosen on a day: this year and the last, with their quarters and months, the latest first.</summary>
    public static IEnumerable<ShownPeriod> Choices(DateOnly today) => new[] { today.Year, today.Year - 1 }.SelectMany(year => new[] { Year(year) }
        .Concat(Enumerable.Range(1, 4).Reverse().Select(quarter => Quarter(year, quarter))).Concat(Enumerable.Range(1, 12).Reverse().Select(month => Month(year, month)))).Where(period => period.From <= today);

    private static ShownPeriod? Parse(string? text) => text?.Split('-') switch
    {
        [var year] when Number(year, 2000, 2199) is { } y => Year(y),
        [var year, ['Q', var quarter]] when Number(year, 2000, 2199) is { } y && quarter is >= '1' and <= '4' => Quarter(y, quarter - '0'),
        [var year, var month] when Number(year, 2000, 2199) is { } y && Number(month, 1, 12) is { } m => Month(y, m),
        _ => null
    };

    private static int? Number(string text, int least, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static ShownPeriod Year(int year) => new(FormattableString.Invariant($"{year}"), new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    private static ShownPeriod Quarter(int year, int quarter) => new(FormattableString.Invariant($"{year}-Q{quarter}"), new DateOnly(year, 3 * quarter - 2, 1), new DateOnly(year, 3 * quarter - 2, 1).AddMonths(3).AddDays(-1));

    private static ShownPeriod Month(int year, int month) => new(FormattableString.Invariant($"{year}-{month:00}"), new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(1).AddDays(-1));
}
