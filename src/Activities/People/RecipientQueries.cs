using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.People;

/// <summary>Reckons who is a recipient of relief when and where, from the dated rows alone (LD-012, INV-28): whatever is put right back in time is right in every figure at once.</summary>
/// <remarks>
/// A recipient has a category on the day, lives, and has not left the county; the day of death or leaving is the last. Another category is no exit when no day lies between.
/// </remarks>
public sealed class RecipientQueries(ReliefDbContext context)
{
    /// <summary>Who was newly included in a county in a period, with the day and the village: no day before it touches another inclusion.</summary>
    public async Task<IReadOnlyList<RecipientSpan>> Included(string countyCode, (DateOnly From, DateOnly To) period, CancellationToken cancellationToken) =>
        [.. (await Spans(countyCode, period, village => village, cancellationToken)).Where(span => span.Begins == RecipientSpan.Included && span.From >= period.From && span.From <= period.To)
            .GroupBy(span => span.PersonId).Select(spans => spans.OrderByDescending(span => span.From).First()).OrderBy(span => span.PersonId, StringComparer.Ordinal)];

    /// <summary>What came and went in each township of a county in a month.</summary>
    /// <param name="countyCode">The county.</param>
    /// <param name="townshipOf">The township of each village.</param>
    /// <param name="month">The month's first day.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<RecipientMonth>> Month(string countyCode, IReadOnlyDictionary<string, string> townshipOf, DateOnly month, CancellationToken cancellationToken)
    {
        var (before, last) = (month.AddDays(-1), month.AddMonths(1).AddDays(-1));
        string TownshipOf(string village) => townshipOf.GetValueOrDefault(village, village);
        var spans = await Spans(countyCode, (before, last), TownshipOf, cancellationToken);
        var (opening, closing) = (await On(countyCode, townshipOf, before, cancellationToken), await On(countyCode, townshipOf, last, cancellationToken));
        var came = spans.Where(span => span.From >= month && span.From <= last).ToLookup(span => TownshipOf(span.Village));
        // Who is a recipient until a day has gone the day after.
        var went = spans.Where(span => span.To >= before && span.To < last).ToLookup(span => TownshipOf(span.Village));
        return [.. townshipOf.Values.Concat(came.Select(group => group.Key)).Concat(went.Select(group => group.Key)).Distinct().Order(StringComparer.Ordinal).Select(township => new RecipientMonth(
            township, opening.GetValueOrDefault(township), came[township].Count(span => span.Begins == RecipientSpan.Included), came[township].Count(span => span.Begins == RecipientSpan.MovedIn),
            went[township].Count(span => span.Ends == RecipientSpan.Ended), went[township].Count(span => span.Ends == RecipientSpan.MovedOut), closing.GetValueOrDefault(township)))];
    }

    // By a question of its own, so that it does not agree with the spans by construction.
    private async Task<Dictionary<string, int>> On(string countyCode, IReadOnlyDictionary<string, string> townshipOf, DateOnly day, CancellationToken cancellationToken)
    {
        var people = await context.Set<Person>().Where(person => person.CountyCode == countyCode
                && (person.LifeStatus != LifeStatus.Dead || person.DiedOn == null || person.DiedOn >= day) && (person.MovedOn == null || person.MovedOn >= day)
                && context.Set<ReliefIdentity>().Any(row => row.PersonId == person.Id && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day)))
            .Select(person => context.Set<Residence>().Where(row => row.PersonId == person.Id && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day)).Select(row => row.AreaCode).FirstOrDefault() ?? person.AreaCode)
            .ToListAsync(cancellationToken);
        return people.GroupBy(village => townshipOf.GetValueOrDefault(village, village)).ToDictionary(group => group.Key, group => group.Count());
    }

    // Only who came, went or moved within the period, or holds something that touches it: the others stay what they are.
    private async Task<List<RecipientSpan>> Spans(string countyCode, (DateOnly From, DateOnly To) period, Func<string, string> placeOf, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From.AddDays(-1), period.To.AddDays(1));
        var touched = context.Set<ReliefIdentity>().Where(row => row.CountyCode == countyCode && ((row.ValidFrom >= from && row.ValidFrom <= to) || (row.ValidTo >= from && row.ValidTo <= to))).Select(row => row.PersonId)
            .Union(context.Set<Residence>().Where(row => row.CountyCode == countyCode && row.ValidFrom >= from && row.ValidFrom <= to).Select(row => row.PersonId))
            .Union(context.Set<Person>().Where(row => row.CountyCode == countyCode && ((row.DiedOn >= from && row.DiedOn <= to) || (row.MovedOn >= from && row.MovedOn <= to))).Select(row => row.Id));
        var people = await context.Set<Person>().Where(row => row.CountyCode == countyCode && touched.Contains(row.Id)).ToListAsync(cancellationToken);
        var identities = (await context.Set<ReliefIdentity>().Where(row => touched.Contains(row.PersonId)).ToListAsync(cancellationToken)).ToLookup(row => row.PersonId);
        var residences = (await context.Set<Residence>().Where(row => touched.Contains(row.PersonId)).ToListAsync(cancellationToken)).ToLookup(row => row.PersonId);
        return [.. people.SelectMany(person => SpansOf(person, [.. identities[person.Id]], [.. residences[person.Id].OrderBy(row => row.ValidFrom)], placeOf))];
    }

    private static List<RecipientSpan> SpansOf(Person person, IReadOnlyList<ReliefIdentity> identities, IReadOnlyList<Residence> residences, Func<string, string> placeOf)
    {
        DateOnly? end = person.LifeStatus == LifeStatus.Dead ? person.DiedOn : null;
        if (person.MovedOn is { } moved && (end is null || moved < end))
            end = moved;
        List<RecipientSpan> spans = [];
        foreach (var (from, to) in Merged(identities).Where(time => end is null || time.From <= end).Select(time => (time.From, To: Earlier(time.To, end))))
            spans.AddRange(Cut(person, (from, to), residences, placeOf));
        return spans;
    }

    // Categories that touch or overlap are one time.
    private static List<(DateOnly From, DateOnly? To)> Merged(IReadOnlyList<ReliefIdentity> identities)
    {
        List<(DateOnly From, DateOnly? To)> times = [];
        foreach (var row in identities.OrderBy(row => row.ValidFrom))
        {
            if (times.Count > 0 && (times[^1].To is null || row.ValidFrom <= times[^1].To!.Value.AddDays(1)))
                times[^1] = (times[^1].From, times[^1].To is null || row.ValidTo is null ? null : row.ValidTo > times[^1].To ? row.ValidTo : times[^1].To);
            else
                times.Add((row.ValidFrom, row.ValidTo));
        }

        return times;
    }

    // A move within the time ends one place and begins another.
    private static IEnumerable<RecipientSpan> Cut(Person person, (DateOnly From, DateOnly? To) time, IReadOnlyList<Residence> residences, Func<string, string> placeOf)
    {
        var (from, begins) = (time.From, RecipientSpan.Included);
        foreach (var next in residences.Where(row => row.ValidFrom > time.From && (time.To is null || row.ValidFrom <= time.To)))
        {
            if (placeOf(next.AreaCode) == placeOf(VillageOn(person, residences, next.ValidFrom.AddDays(-1))))
                continue;
            yield return new RecipientSpan(person.Id, VillageOn(person, residences, from), from, next.ValidFrom.AddDays(-1), begins, RecipientSpan.MovedOut);
            (from, begins) = (next.ValidFrom, RecipientSpan.MovedIn);
        }

        yield return new RecipientSpan(person.Id, VillageOn(person, residences, from), from, time.To, begins, time.To is null ? null : RecipientSpan.Ended);
    }

    private static string VillageOn(Person person, IReadOnlyList<Residence> residences, DateOnly day) =>
        residences.FirstOrDefault(row => row.ValidFrom <= day && (row.ValidTo is null || row.ValidTo >= day))?.AreaCode ?? person.AreaCode;

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one < other ? one : other;
}
