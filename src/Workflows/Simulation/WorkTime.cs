namespace Relief.Flow.Workflows.Simulation;

/// <summary>Working time: 9 to 17 in Shanghai on working days.</summary>
/// <param name="isWorking">Which days are worked.</param>
public sealed class WorkTime(Func<DateOnly, bool> isWorking)
{
    private const double Opens = 9;
    private const double Closes = 17;
    private const int Days = 366 * 12;
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly DateOnly First = new(2024, 1, 1);

    // Working days before each day: a table instead of a walk for every step of every case.
    private readonly int[] _before = Count(isWorking);

    /// <summary>Monday to Friday.</summary>
    public static WorkTime Weekdays { get; } = new(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    public double HoursBetween(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, Worked(to) - Worked(from));

    /// <summary>The moment after so many working hours.</summary>
    public DateTimeOffset Add(DateTimeOffset from, double hours)
    {
        var wanted = Worked(from) + hours;
        var day = Array.BinarySearch(_before, (int)(wanted / (Closes - Opens)));
        day = Math.Max(day < 0 ? ~day - 1 : day, 0);
        while (day < Days && ((_before[day + 1] - _before[day] == 0) || _before[day + 1] * (Closes - Opens) < wanted))
            day++;

        var moment = new DateTimeOffset(First.AddDays(day), TimeOnly.MinValue, Zone).AddHours(Opens + wanted - (_before[Math.Min(day, Days)] * (Closes - Opens)));
        return moment > from ? moment : from;
    }

    private double Worked(DateTimeOffset at)
    {
        var local = at.ToOffset(Zone);
        var day = Math.Clamp(DateOnly.FromDateTime(local.DateTime).DayNumber - First.DayNumber, 0, Days - 1);
        var today = _before[day + 1] > _before[day] ? Math.Clamp(local.TimeOfDay.TotalHours, Opens, Closes) - Opens : 0;
        return (_before[day] * (Closes - Opens)) + today;
    }

    private static int[] Count(Func<DateOnly, bool> isWorking)
    {
        var before = new int[Days + 1];
        for (var day = 0; day < Days; day++)
            before[day + 1] = before[day] + (isWorking(First.AddDays(day)) ? 1 : 0);
        return before;
    }
}
