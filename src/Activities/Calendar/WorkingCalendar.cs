using System.Text.Json;

namespace Relief.Flow.Activities.Calendar;

/// <summary>Which days are worked: weekdays, less statutory rest days, plus make-up working days, plus what a county has changed.</summary>
/// <remarks>A year without data has its weekends only. Safety clocks never use it: they run on calendar time (0.2b).</remarks>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, bool> _exceptions;

    private WorkingCalendar(Dictionary<DateOnly, bool> exceptions, int version)
    {
        _exceptions = exceptions;
        Version = version;
    }

    /// <summary>The national calendar of the years that ship with the product, version 0.</summary>
    public static WorkingCalendar National { get; } = Load();

    /// <summary>The county's version; open deadlines are recomputed when it grows.</summary>
    public int Version { get; }

    /// <summary>This calendar with a county's own days over it.</summary>
    public WorkingCalendar With(IEnumerable<CalendarOverride> overrides)
    {
        var exceptions = new Dictionary<DateOnly, bool>(_exceptions);
        var version = Version;
        foreach (var change in overrides)
        {
            exceptions[change.Day] = change.Working;
            version = Math.Max(version, change.Version);
        }

        return new WorkingCalendar(exceptions, version);
    }

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorking(DateOnly day) =>
        _exceptions.TryGetValue(day, out var working) ? working : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The n-th working day after a day; the day itself never counts. Zero gives the day unchanged.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorking(day))
                count--;
        }

        return day;
    }

    /// <summary>The day itself when it is worked, else the next that is: where a fixed-date money deadline moves to.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorking(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>When a deadline of n working days after an instant ends: 23:59:59 in Shanghai on the n-th working day.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays) => ChinaTime.EndOf(AddWorkingDays(ChinaTime.DayOf(from), workingDays));

    /// <summary>When a fixed-date deadline ends: 23:59:59 on that day or, when it is not worked, on the next that is.</summary>
    public DateTimeOffset DueOn(DateOnly day) => ChinaTime.EndOf(OnOrAfter(day));

    /// <summary>How many working days lie after one day, up to and with another.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            count += IsWorking(day) ? 1 : 0;
        return count;
    }

    private static WorkingCalendar Load()
    {
        var name = typeof(WorkingCalendar).Namespace + ".working-days.json";
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        var exceptions = new Dictionary<DateOnly, bool>();
        foreach (var (list, working) in new[] { ("restDays", false), ("workDays", true) })
            foreach (var day in document.RootElement.GetProperty(list).EnumerateArray())
                exceptions[DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)] = working;
        return new WorkingCalendar(exceptions, 0);
    }
}
