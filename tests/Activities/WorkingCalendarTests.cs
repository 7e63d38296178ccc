using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Tests.Activities;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-03-30", 5, "2026-04-07")]
    [InlineData("2026-03-16", 20, "2026-04-14")]
    [InlineData("2026-04-01", 10, "2026-04-16")]
    [InlineData("2026-03-16", 3, "2026-03-19")]
    [InlineData("2026-03-20", 5, "2026-03-27")]
    [InlineData("2026-03-24", 2, "2026-03-26")]
    [InlineData("2026-03-16", 10, "2026-03-30")]
    [InlineData("2026-02-27", 1, "2026-02-28")]
    public void Working_days_count_from_the_next_one(string from, int days, string due) =>
        Assert.Equal(Day(due), WorkingCalendar.National.AddWorkingDays(Day(from), days));

    [Theory]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-05-09", true)]
    [InlineData("2026-04-06", false)]
    [InlineData("2026-05-05", false)]
    [InlineData("2026-05-06", true)]
    [InlineData("2026-03-21", false)]
    public void Make_up_days_are_worked_and_holidays_are_not(string day, bool worked) =>
        Assert.Equal(worked, WorkingCalendar.National.IsWorking(Day(day)));

    [Fact]
    public void A_deadline_ends_at_the_last_second_of_its_day_in_Shanghai() =>
        Assert.Equal(
            new DateTimeOffset(2026, 4, 7, 15, 59, 59, TimeSpan.Zero),
            WorkingCalendar.National.DueAfter(new DateTimeOffset(2026, 3, 30, 1, 0, 0, TimeSpan.Zero), 5));

    [Fact]
    public void Late_evening_in_UTC_is_already_the_next_day_in_Shanghai() =>
        Assert.Equal(new DateOnly(2026, 3, 17), ChinaTime.DayOf(new DateTimeOffset(2026, 3, 16, 17, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_fixed_money_deadline_moves_to_the_next_working_day()
    {
        Assert.Equal(new DateOnly(2026, 5, 6), WorkingCalendar.National.OnOrAfter(new DateOnly(2026, 5, 5)));
        Assert.Equal(new DateOnly(2026, 5, 15), WorkingCalendar.National.OnOrAfter(new DateOnly(2026, 5, 15)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
