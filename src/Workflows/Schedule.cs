using System.Globalization;

namespace Relief.Flow.Workflows;

/// <summary>When something happens by itself: by a cron expression, at an interval, or once. Pure: the same schedule and instant give the same next instant.</summary>
/// <remarks>Its text is the key under which it is stored: <c>cron 0 0 2 * * ?</c>, <c>every 00:05:00</c>, <c>at 2026-11-22T00:00:00.0000000+00:00</c>.</remarks>
public sealed class Schedule
{
    private const string CronWord = "cron ";
    private const string EveryWord = "every ";
    private const string AtWord = "at ";
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> _next;

    private Schedule(string text, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> next) => (Text, _next) = (text, next);

    public string Text { get; }

    /// <summary>A cron expression of six or seven fields, seconds first, in Shanghai's time.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static Schedule Cron(string expression)
    {
        var cron = new Quartz.CronExpression(expression, Shanghai);
        return new Schedule(CronWord + expression, (_, after) => cron.GetNextValidTimeAfter(after)?.ToUniversalTime());
    }

    /// <summary>Again and again after an interval.</summary>
    /// <exception cref="FormatException">It is shorter than a second.</exception>
    public static Schedule Every(TimeSpan interval) => interval < TimeSpan.FromSeconds(1)
        ? throw new FormatException("The interval must be a second or longer.")
        : new Schedule(EveryWord + interval.ToString("c", CultureInfo.InvariantCulture), (from, after) => from + interval * (Math.Max(0, Math.Floor((after - from) / interval)) + 1));

    /// <summary>Once.</summary>
    public static Schedule At(DateTimeOffset moment) =>
        new(AtWord + moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), (_, after) => moment > after ? moment.ToUniversalTime() : null);

    /// <summary>The schedule that a text of this class means.</summary>
    /// <exception cref="FormatException">It means none.</exception>
    public static Schedule Parse(string text) => text switch
    {
        _ when text.StartsWith(CronWord, StringComparison.Ordinal) => Cron(text[CronWord.Length..]),
        _ when text.StartsWith(EveryWord, StringComparison.Ordinal) => Every(TimeSpan.ParseExact(text[EveryWord.Length..], "c", CultureInfo.InvariantCulture)),
        _ when text.StartsWith(AtWord, StringComparison.Ordinal) => At(DateTimeOffset.ParseExact(text[AtWord.Length..], "O", CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{text}' is no schedule.")
    };

    /// <summary>The first occurrence after an instant (UTC); null when there is none.</summary>
    /// <param name="from">The occurrence from which an interval counts on: after an outage it keeps its beat.</param>
    public DateTimeOffset? Next(DateTimeOffset from, DateTimeOffset after) => _next(from, after);
}
