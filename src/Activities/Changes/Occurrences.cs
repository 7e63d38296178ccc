using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Changes;

/// <summary>Finds what the calendar brings in a county: 18th birthdays, certificates that run out, and the yearly or half-yearly look at everybody who is served (P12 d and e, LD-011).</summary>
public sealed class Occurrences(ReliefDbContext context, string countyCode)
{
    private const int Majority = 18;

    // Whose income is said to be unsteady is looked at twice a year (dibao rule art. 31).
    private const string Unsteady = "unstableIncome";

    /// <summary>What has come by a day and no change stands for yet, in the order of its keys; at most so many after a key.</summary>
    public async Task<IReadOnlyList<Occurrence>> On(DateOnly day, string after, int most, CancellationToken cancellationToken)
    {
        List<Occurrence> all = [.. await Birthdays(day, cancellationToken), .. await Certificates(day, cancellationToken), .. await Rechecks(day, cancellationToken)];
        // The id of a change is made of its origin: it is found by its key.
        var ids = all.Select(one => ChangeBook.IdOf(ChangeOrigin.Schedule, one.Id));
        HashSet<string> known = [];
        foreach (var part in ids.Chunk(500))
            known.UnionWith(await context.Set<PersonChange>().Where(row => part.Contains(row.Id)).Select(row => row.OriginId).ToListAsync(cancellationToken));
        return [.. all.Where(one => !known.Contains(one.Id) && string.CompareOrdinal(one.Key, after) > 0).OrderBy(one => one.Key, StringComparer.Ordinal).Take(most)];
    }

    private async Task<IEnumerable<Occurrence>> Birthdays(DateOnly day, CancellationToken cancellationToken)
    {
        var ahead = await new ParameterQueries(context).Whole("change.eighteen", countyCode, day, cancellationToken);
        var (from, to) = (day.AddYears(-Majority), day.AddDays(ahead).AddYears(-Majority));
        var born = await Recipients(day).Where(person => person.BirthDate > from && person.BirthDate <= to).Select(person => new { person.Id, person.BirthDate }).ToListAsync(cancellationToken);
        return born.Select(one => new Occurrence(one.Id, ChangeKind.Eighteen, "eighteen:" + one.Id, one.BirthDate.AddYears(Majority), "即将年满18周岁"));
    }

    private async Task<IEnumerable<Occurrence>> Certificates(DateOnly day, CancellationToken cancellationToken)
    {
        var until = day.AddDays(await new ParameterQueries(context).Whole("certificate.warn", countyCode, day, cancellationToken));
        var ending = await (from row in context.Set<PersonCondition>()
                            join person in Recipients(day) on row.PersonId equals person.Id
                            where row.ValidTo >= day && row.ValidTo <= until
                                && !context.Set<PersonCondition>().Any(other => other.PersonId == row.PersonId && other.Kind == row.Kind && (other.ValidTo == null || other.ValidTo > row.ValidTo))
                            select new { row.Id, row.PersonId, row.Kind, ValidTo = row.ValidTo!.Value }).ToListAsync(cancellationToken);
        // Self-care is looked at again; a paper is renewed. Neither says which illness it is about.
        return ending.Select(one => new Occurrence(one.PersonId, one.Kind == ConditionKind.SelfCare ? ChangeKind.SelfCare : ChangeKind.Certificate, $"certificate:{one.Id}:{Text(one.ValidTo)}", one.ValidTo, "证明材料即将到期"));
    }

    private async Task<IEnumerable<Occurrence>> Rechecks(DateOnly day, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(context);
        var (yearly, halfYearly) = (await parameters.Whole("eligibility.recheck", countyCode, day, cancellationToken), await parameters.Whole("eligibility.recheck.unstable", countyCode, day, cancellationToken));
        var longer = day.AddMonths(-await parameters.Whole("emergency.recheck", countyCode, day, cancellationToken));
        var latest = ChinaTime.EndOf(day.AddMonths(-Math.Min(yearly, halfYearly)));
        var served = await (from row in context.Set<Case>()
                            join person in context.Set<Person>() on row.PersonId equals person.Id
                            where row.CountyCode == countyCode && row.Status == CaseStatus.InService && row.ClosedAt == null && row.AcceptedAt != null && row.AcceptedAt <= latest
                                && person.LifeStatus == LifeStatus.Alive
                            select new { row.Id, row.PersonId, row.AreaCode, AcceptedAt = row.AcceptedAt!.Value, person.Flags }).ToListAsync(cancellationToken);
        var emergencies = await Emergencies(served.Select(one => one.AreaCode).Distinct(), day, cancellationToken);
        return served.Select(one => (One: one, Due: Last(ChinaTime.DayOf(one.AcceptedAt), one.Flags.Contains(Unsteady) ? halfYearly : yearly, emergencies.Contains(one.AreaCode) ? longer : day))).Where(pair => pair.Due is not null)
            .Select(pair => new Occurrence(pair.One.PersonId, ChangeKind.Recheck, $"recheck:{pair.One.Id}:{Text(pair.Due!.Value)}", pair.Due.Value, "定期复核"));
    }

    // Where emergency mode holds, a look that comes due waits so many months longer, and is made at once when it ends (E24, dibao rule art. 31).
    private async Task<HashSet<string>> Emergencies(IEnumerable<string> villages, DateOnly day, CancellationToken cancellationToken)
    {
        HashSet<string> found = [];
        if (!await context.Set<PolicyParameter>().AnyAsync(row => row.Key == "emergency.mode" && row.Value == "true" && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day), cancellationToken))
            return found;
        foreach (var village in villages)
        {
            if (await new ParameterQueries(context).IsOn("emergency.mode", village, day, cancellationToken))
                found.Add(village);
        }

        return found;
    }

    private IQueryable<Person> Recipients(DateOnly day) => context.Set<Person>().Where(person => person.CountyCode == countyCode && person.LifeStatus == LifeStatus.Alive && person.MovedOn == null
        && context.Set<ReliefIdentity>().Any(row => row.PersonId == person.Id && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day)));

    // The latest of the days that come every so many months.
    private static DateOnly? Last(DateOnly first, int months, DateOnly day)
    {
        var passed = ((day.Year - first.Year) * 12) + day.Month - first.Month;
        var times = passed / months;
        if (first.AddMonths(times * months) > day)
            times--;
        return times < 1 ? null : first.AddMonths(times * months);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
