using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Calendar;

/// <summary>The county's own working days.</summary>
public sealed class CalendarBook(ReliefDbContext context)
{
    /// <summary>The calendar that holds in a county.</summary>
    public async Task<WorkingCalendar> Of(string countyCode, CancellationToken cancellationToken)
    {
        var changes = await context.Set<CalendarOverride>().Where(row => row.CountyCode == countyCode).ToListAsync(cancellationToken);
        return changes.Count == 0 ? WorkingCalendar.National : WorkingCalendar.National.With(changes);
    }

    /// <summary>The calendars of the counties that have days of their own, by county.</summary>
    public async Task<IReadOnlyDictionary<string, WorkingCalendar>> All(CancellationToken cancellationToken) =>
        (await context.Set<CalendarOverride>().ToListAsync(cancellationToken)).GroupBy(row => row.CountyCode)
            .ToDictionary(group => group.Key, group => WorkingCalendar.National.With(group));

    /// <summary>Sets a day and returns the county's new version; the caller recomputes open deadlines. The same value again changes nothing.</summary>
    public async Task<int> Set(CalendarChange change, Deed deed, CancellationToken cancellationToken)
    {
        var subject = "calendar:" + change.CountyCode;
        await context.LockWord(subject, cancellationToken);
        var rows = await context.Set<CalendarOverride>().Where(row => row.CountyCode == change.CountyCode).ToListAsync(cancellationToken);
        var version = rows.Select(row => row.Version).DefaultIfEmpty(0).Max();
        var existing = rows.Find(row => row.Day == change.Day);
        if (existing?.Working == change.Working)
            return version;

        var row = new CalendarOverride
        {
            Id = existing?.Id ?? deed.NewId(),
            CountyCode = change.CountyCode,
            Day = change.Day,
            Working = change.Working,
            Reason = change.Reason,
            Version = version + 1
        };
        await (existing is null ? context.Insert(row, cancellationToken) : context.Replace(row, cancellationToken));
        await context.Audit(subject, new AuditDetail("WorkingDaySet", change), deed, cancellationToken);
        return row.Version;
    }
}
