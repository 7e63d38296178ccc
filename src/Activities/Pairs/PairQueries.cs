using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Reads pairs.</summary>
public sealed class PairQueries(ReliefDbContext context)
{
    /// <summary>How many persons a party member stands by at most; the database holds it too.</summary>
    public const int MostPersons = 3;

    /// <summary>A pair with its needs and contacts, or none.</summary>
    public async Task<PairView?> Find(string pairId, CancellationToken cancellationToken)
    {
        var pair = await context.Set<Pair>().FirstOrDefaultAsync(row => row.Id == pairId, cancellationToken);
        if (pair is null)
            return null;
        var needs = await context.Set<PairNeed>().Where(row => row.PairId == pairId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var contacts = await Contacts(pairId, cancellationToken);
        return new PairView(pair, needs, contacts, LongestGap(pair, contacts));
    }

    /// <summary>An order's pairs, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<Pair>> Of(string orderId, CancellationToken cancellationToken) =>
        await context.Set<Pair>().Where(row => row.OrderId == orderId).OrderBy(row => row.CreatedAt).ThenBy(row => row.HelperId).ToListAsync(cancellationToken);

    /// <summary>The pairs of an order that hold.</summary>
    public async Task<IReadOnlyList<Pair>> Active(string orderId, CancellationToken cancellationToken) =>
        [.. (await Of(orderId, cancellationToken)).Where(pair => pair.Status == PairStatus.Active)];

    /// <summary>A county's pairs of a kind, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<Pair>> OfCounty(string countyCode, PairKind kind, CancellationToken cancellationToken) =>
        await context.Set<Pair>().Where(row => row.CountyCode == countyCode && row.Kind == kind).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A pair's contacts, oldest first.</summary>
    public async Task<IReadOnlyList<PairContact>> Contacts(string pairId, CancellationToken cancellationToken) =>
        await context.Set<PairContact>().Where(row => row.PairId == pairId).OrderBy(row => row.ContactedOn).ThenBy(row => row.CreatedAt).ToListAsync(cancellationToken);

    /// <summary>How many living persons a party member stands by.</summary>
    public Task<int> PersonsOf(string helperId, CancellationToken cancellationToken) =>
        context.Set<Pair>().CountAsync(pair => pair.HelperId == helperId && pair.Kind == PairKind.Party && pair.Status == PairStatus.Active
            && context.Set<Person>().Any(person => person.Id == pair.PersonId && person.LifeStatus != LifeStatus.Dead), cancellationToken);

    /// <summary>Of these, who may stand by a person: no relation is declared, and a party member still has room.</summary>
    public async Task<IReadOnlyList<string>> Free(string personId, PairKind kind, IReadOnlyList<string> helperIds, CancellationToken cancellationToken)
    {
        var related = (await new StaffQueries(context).Conflicts(personId, helperIds, cancellationToken)).Select(relation => relation.StaffId).ToHashSet();
        List<string> free = [];
        foreach (var helper in helperIds.Where(helper => !related.Contains(helper)).Distinct().Order(StringComparer.Ordinal))
        {
            if (kind == PairKind.Neighbour || await PersonsOf(helper, cancellationToken) < MostPersons)
                free.Add(helper);
        }

        return free;
    }

    private static int LongestGap(Pair pair, IReadOnlyList<PairContact> contacts)
    {
        if (pair.PairedOn is not { } first)
            return 0;
        DateOnly[] days = [first, .. contacts.Select(contact => contact.ContactedOn)];
        days = [.. days, pair.EndedOn ?? days[^1]];
        return days.Zip(days.Skip(1), (before, after) => after.DayNumber - before.DayNumber).Max();
    }
}
