using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Host.Console;

/// <summary>What is left of a task's time, in working days: it decides the colour.</summary>
/// <param name="Kind"><c>none</c>, <c>late</c>, <c>today</c>, <c>soon</c> or <c>time</c>.</param>
/// <param name="Days">Working days left, or past.</param>
public sealed record DueMark(string Kind, int Days)
{
    private const int Soon = 2;

    public static DueMark Of(DateTimeOffset? due, DateTimeOffset now, WorkingCalendar calendar)
    {
        if (due is not { } at)
            return new DueMark("none", 0);

        var (today, day) = (ChinaTime.DayOf(now), ChinaTime.DayOf(at));
        if (at < now)
            return new DueMark("late", calendar.WorkingDaysBetween(day, today));

        var left = calendar.WorkingDaysBetween(today, day);
        return new DueMark(day == today ? "today" : left <= Soon ? "soon" : "time", left);
    }
}
