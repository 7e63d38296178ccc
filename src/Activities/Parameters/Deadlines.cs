using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Parameters;

/// <summary>Reckons deadlines from policy parameters by the county's calendar.</summary>
public sealed class Deadlines(ReliefDbContext context)
{
    /// <summary>The deadline that a parameter sets for an area: working days end at 23:59:59, calendar days and hours run on the clock.</summary>
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
            "hours" => new Deadline(from, from.AddHours(count), null),
            _ => throw new InvalidOperationException($"The policy parameter {key} counts {row.Unit}, which is no span of time.")
        };
    }

    /// <summary>A deadline of so many working days.</summary>
    public async Task<Deadline> WorkingDays(int count, string areaCode, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var county = await CountyOf(areaCode, cancellationToken);
        var calendar = await new CalendarBook(context).Of(county, cancellationToken);
        return new Deadline(from, calendar.DueAfter(from, count), new DueRule(from, count, county));
    }

    /// <summary>A money deadline on a day of a month: 23:59:59, on the next working day when that day is not worked (0.2b).</summary>
    public async Task<Deadline> DayOfMonth(string key, string areaCode, DateOnly month, CancellationToken cancellationToken)
    {
        var day = await new ParameterQueries(context).Whole(key, areaCode, month, cancellationToken);
        var calendar = await new CalendarBook(context).Of(await CountyOf(areaCode, cancellationToken), cancellationToken);
        return new Deadline(ChinaTime.At(month, TimeOnly.MinValue), calendar.DueOn(new DateOnly(month.Year, month.Month, day)), null);
    }

    /// <summary>The county of an area; the area itself when nothing above it is one.</summary>
    public async Task<string> CountyOf(string areaCode, CancellationToken cancellationToken) =>
        (await new AreaQueries(context).ChainOf(areaCode, cancellationToken)).FirstOrDefault(area => area.Level == AreaLevel.County)?.Code ?? areaCode;
}
