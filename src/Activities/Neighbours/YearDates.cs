using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The yearly dates of P11: the freeze is a fixed moment, money deadlines move to the next working day (0.2b).</summary>
internal sealed class YearDates(ReliefDbContext context, SubsidySheet sheet)
{
    /// <summary>The minute at which a year's logs are frozen, 31 December 23:59 unless a county set another day.</summary>
    public static async Task<DateTimeOffset> Freeze(ReliefDbContext context, string townshipCode, int year, CancellationToken cancellationToken) =>
        ChinaTime.At(await Day(context, "neighbour.closeYear", (townshipCode, year), cancellationToken), new TimeOnly(23, 59));

    /// <summary>When a step of the year after is due.</summary>
    public async Task<DateTimeOffset> Due(string key, CancellationToken cancellationToken)
    {
        var calendar = await new CalendarBook(context).Of(sheet.CountyCode, cancellationToken);
        return calendar.DueOn(await Day(context, key, (sheet.TownshipCode, sheet.Year + 1), cancellationToken));
    }

    private static async Task<DateOnly> Day(ReliefDbContext context, string key, (string Township, int Year) of, CancellationToken cancellationToken)
    {
        var row = await new ParameterQueries(context).Find(key, of.Township, new DateOnly(of.Year, 1, 1), cancellationToken)
            ?? throw new InvalidOperationException($"There is no policy parameter {key}.");
        return DateOnly.ParseExact($"{of.Year}-{row.Value}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
