using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>When the first visit of an emergency begins: three hours on, at the half hour, by day; later than that the next morning.</summary>
/// <param name="Day">The day in China.</param>
/// <param name="Time">The time of the day; the visits of the other days begin at it too.</param>
internal sealed record FirstVisit(DateOnly Day, TimeOnly Time)
{
    private const double Notice = 180, Half = 30;
    private static readonly (TimeOnly Morning, TimeOnly Evening) Hours = (new(9, 0), new(20, 0));

    /// <summary>The first visit of what is settled at a moment; nobody is sent without the notice that a visit needs.</summary>
    public static FirstVisit After(DateTimeOffset now)
    {
        var today = ChinaTime.DayOf(now);
        var minutes = Math.Ceiling(((now - ChinaTime.StartOf(today)).TotalMinutes + Notice) / Half) * Half;
        if (minutes > Hours.Evening.ToTimeSpan().TotalMinutes)
            return new FirstVisit(today.AddDays(1), Hours.Morning);
        var time = TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(minutes));
        return new FirstVisit(today, time < Hours.Morning ? Hours.Morning : time);
    }
}
