using System.Globalization;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Decides whom a round rings, and by which two channels. Pure.</summary>
public static class RingPlan
{
    private static readonly TimeOnly Evening = new(22, 0);
    private static readonly TimeOnly Morning = new(6, 0);

    /// <summary>The highest tier there is: from it on everybody is rung, available or not.</summary>
    public const int LastTier = 4;

    /// <summary>Every channel a ring may take; <c>page</c> is the page that follows an acceptance.</summary>
    internal static readonly string[] AllChannels = ["push", "voice", "sms", "wechat", "page"];

    private static readonly string[] Reaching = AllChannels[..^1];

    /// <summary>Those to ring: all tiers up to this one who are here, can come now and lead no other alert; in the last tier everybody.</summary>
    /// <param name="links">The device's responders.</param>
    /// <param name="tier">The tier that is reached.</param>
    /// <param name="busy">Who leads another open alert, by user.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<ResponderLink> Whom(IEnumerable<ResponderLink> links, int tier, IReadOnlySet<string> busy, DateTimeOffset now) =>
    [
        .. links.Where(link => link.Active && link.Tier <= tier && (tier >= LastTier || (!busy.Contains(link.UserId) && IsHere(link, now))))
            .OrderBy(link => link.Tier).ThenBy(link => link.Ord).ThenBy(link => link.Id, StringComparer.Ordinal)
    ];

    /// <summary>Two independent channels when they have two: by day a push and a call, at night a call and a text message, because a push wakes nobody.</summary>
    public static IReadOnlyList<string> Channels(ResponderLink link, DateTimeOffset now)
    {
        var time = TimeOnly.FromDateTime(ChinaTime.Local(now).DateTime);
        var isNight = time >= Evening || time < Morning;
        string[] wished = isNight ? ["voice", "sms", "push", "wechat"] : ["push", "voice", "sms", "wechat"];
        string[] has = [.. wished.Where(link.Channels.Contains).Take(2)];
        return has.Length == 0 ? ["voice", "sms"] : has;   // nobody is left out because of how they were entered
    }

    /// <summary>Whether they may be entered: at least two that there are, because one may be down.</summary>
    public static bool AreTwo(string[] channels) => channels.Distinct().Count() >= 2 && channels.All(Reaching.Contains);

    /// <summary>Not away, and within one of the hours in which they can come.</summary>
    public static bool IsHere(ResponderLink link, DateTimeOffset now) =>
        (link.AwayUntil is null || link.AwayUntil <= now) && (link.Availability.Length == 0 || link.Availability.Any(hours => Holds(hours, now)));

    /// <summary>Whether hours such as <c>1-5 18:00-07:00</c> can be read.</summary>
    public static bool IsReadable(string hours) => Parse(hours) is not null;

    private static bool Holds(string hours, DateTimeOffset now)
    {
        if (Parse(hours) is not var (first, last, from, to))
            return true;   // what cannot be read must keep nobody from being rung
        var day = ChinaTime.DayOf(now);
        var time = TimeOnly.FromDateTime(ChinaTime.Local(now).DateTime);
        // Hours over midnight belong to the day on which they begin.
        if (from > to && time < to)
            day = day.AddDays(-1);
        var weekday = day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
        return weekday >= first && weekday <= last && (from < to ? time >= from && time < to : time >= from || time < to);
    }

    private static (int First, int Last, TimeOnly From, TimeOnly To)? Parse(string hours)
    {
        if (hours.Split(' ') is not [var days, var span] || span.Split('-') is not [var from, var to])
            return null;
        var ends = days.Split('-');
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first is >= 1 and <= 7 && last >= first && last <= 7
            && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
            && TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            ? (first, last, begin, end)
            : null;
    }
}
