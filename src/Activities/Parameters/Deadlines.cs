using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Parameters;

/// <summary>Reckons deadlines from policy parameters by the county's calendar.</summary>
public sealed class Deadlines(ReliefDbContext context)
{
    /// <summary>The deadline that a parameter sets for an area: working days end at 23:59:59, calendar days and months end with their day, hours and minutes run on the clock.</summary>
    /// <exception cref="InvalidOperationException">The parameter is unknown or counts something else.</exception>
    public async Task<Deadline> Of(string key, string areaCode, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var row = await new ParameterQueries(context).Find(key, areaCode, ChinaTime.DayOf(from), cancellationToken)
            ?? throw new InvalidOperationException($"There is no policy parameter {key}.");
        var count = int.Parse(row.Value, System.Globalization.CultureInfo.InvariantCulture);
        return row.Unit switch
        {
            "WD" => await WorkingDays(count, areaCode, from, cancellationToken),
            "CD" => new Deadline(from, ChinaTime.EndOf(ChinaTime.DayOf(from).AddDays(count)), null),
            "months" => new Deadline(from, ChinaTime.EndOf(ChinaTime.DayOf(from).AddMonths(count)), null),
            "hours" => new Deadline(from, from.AddHours(count), null),
            "minutes" => new Deadline(from, from.AddMinutes(count), null),
            _ => throw new InvalidOperationException($"The policy parameter {key} counts {row.Unit}, which is no span of time.")
        };
    }

    /// <summary>A deadline of so many working days.</summary>
    public async Task<Deadline> WorkingDays(int count, string areaCode, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var county = await CountyOf(areaCode, cancellationToken);
        var calendar = await new CalendarBook(context).Of(county, cancellationToken);
        var rule = new DueRule(from, count, county);
        return new Deadline(from, Due(calendar, rule), rule);
    }

    /// <summary>A money deadline on a day of a month: 23:59:59, on the next working day when that day is not worked (0.2b).</summary>
    public async Task<Deadline> DayOfMonth(string key, string areaCode, DateOnly month, CancellationToken cancellationToken)
    {
        var day = await new ParameterQueries(context).Whole(key, areaCode, month, cancellationToken);
        var county = await CountyOf(areaCode, cancellationToken);
        var calendar = await new CalendarBook(context).Of(county, cancellationToken);
        var rule = new DueRule(ChinaTime.At(new DateOnly(month.Year, month.Month, day), TimeOnly.MinValue), 0, county);
        return new Deadline(ChinaTime.At(month, TimeOnly.MinValue), Due(calendar, rule), rule);
    }

    /// <summary>How deadlines are reckoned by the calendars that hold now: what open ones are computed again with when a calendar has changed.</summary>
    public async Task<Func<DueRule, DateTimeOffset>> Reckoning(CancellationToken cancellationToken)
    {
        var calendars = await new CalendarBook(context).All(cancellationToken);
        return rule => Due(calendars.GetValueOrDefault(rule.Area ?? "", WorkingCalendar.National), rule);
    }

    // A span of no working days is the day itself, or the next that is worked.
    private static DateTimeOffset Due(WorkingCalendar calendar, DueRule rule) =>
        rule.WorkingDays == 0 ? calendar.DueOn(ChinaTime.DayOf(rule.From)) : calendar.DueAfter(rule.From, rule.WorkingDays);

    /// <summary>The county of an area; the area itself when nothing above it is one.</summary>
    public async Task<string> CountyOf(string areaCode, CancellationToken cancellationToken) =>
        (await new AreaQueries(context).ChainOf(areaCode, cancellationToken)).FirstOrDefault(area => area.Level == AreaLevel.County)?.Code ?? areaCode;
}
