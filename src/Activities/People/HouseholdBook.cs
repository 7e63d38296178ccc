using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.People;

/// <summary>Keeps who lives with whom (X01). Folders, the kinship check, pairs of neighbours and the yearly visits go by it.</summary>
/// <remarks>A person lives in one household at most. Papers that were filed keep the folder that they were filed in.</remarks>
public sealed class HouseholdBook(ReliefDbContext context)
{
    /// <summary>A household, or none.</summary>
    public Task<Household?> Find(string householdId, CancellationToken cancellationToken) => context.Set<Household>().FirstOrDefaultAsync(row => row.Id == householdId, cancellationToken);

    /// <summary>Who lives in it, by id.</summary>
    public async Task<IReadOnlyList<Person>> Members(string householdId, CancellationToken cancellationToken) =>
        await context.Set<Person>().Where(row => row.HouseholdId == householdId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Registers a household in the village of its head or, without one, of its first member; its folder has the next number of that village.</summary>
    public async Task<Household> Register(HouseholdEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var first = entry.HeadPersonId ?? entry.MemberIds[0];
        var lived = await context.Set<Person>().SingleAsync(row => row.Id == first, cancellationToken);
        await OneAtATime(lived.CountyCode, cancellationToken);
        var household = new Household
        {
            Id = deed.NewId(), CountyCode = lived.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = lived.AreaCode, HeadPersonId = entry.HeadPersonId, HouseType = entry.HouseType,
            FolderNumber = $"{lived.AreaCode}-{await context.NextNumber("household:" + lived.AreaCode, cancellationToken):0000}"
        };
        await context.Insert(household, cancellationToken);
        await Settle(household, entry, deed, cancellationToken);
        return household;
    }

    /// <summary>From now on these live in it and nobody else; who lived elsewhere has left there, and a head who left is head no more. The folder keeps its number.</summary>
    public async Task<Household> Keep(Household household, HouseholdEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await OneAtATime(household.CountyCode, cancellationToken);
        var kept = household with { HeadPersonId = entry.HeadPersonId, HouseType = entry.HouseType };
        await context.Replace(kept, cancellationToken);
        await Settle(kept, entry, deed, cancellationToken);
        return kept;
    }

    /// <summary>Keeps who lives with a person as it was found at home: in the household where they live, else in a new one. Of head and dwelling what is not said stays; what is so already is not written again.</summary>
    public async Task<Household> KeepOf(string personId, HouseholdEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var home = context.Set<Person>().Where(row => row.Id == personId);
        await OneAtATime(await home.Select(row => row.CountyCode).SingleAsync(cancellationToken), cancellationToken);
        if (await home.Select(row => row.HouseholdId).SingleAsync(cancellationToken) is not { } id || await Find(id, cancellationToken) is not { } household)
            return await Register(entry, deed, cancellationToken);
        var head = entry.HeadPersonId ?? (household.HeadPersonId is { } stands && entry.MemberIds.Contains(stands) ? stands : null);
        var found = entry with { HeadPersonId = head, HouseType = entry.HouseType ?? household.HouseType };
        var isSo = (found.HeadPersonId, found.HouseType) == (household.HeadPersonId, household.HouseType)
            && (await Members(id, cancellationToken)).Select(person => person.Id).Order(StringComparer.Ordinal).SequenceEqual(found.MemberIds.Order(StringComparer.Ordinal));
        return isSo ? household : await Keep(household, found, deed, cancellationToken);
    }

    private async Task Settle(Household household, HouseholdEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Person>(entry.MemberIds.Concat((await Members(household.Id, cancellationToken)).Select(person => person.Id)), cancellationToken);
        foreach (var person in await context.Set<Person>().Where(row => entry.MemberIds.Contains(row.Id) || row.HouseholdId == household.Id).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            var home = entry.MemberIds.Contains(person.Id) ? household.Id : null;
            if (person.HouseholdId == home)
                continue;
            await context.Replace(person with { HouseholdId = home }, cancellationToken);
            await context.Audit("person:" + person.Id, new AuditDetail("HouseholdChanged", new { From = person.HouseholdId, To = home }), deed, cancellationToken);
        }

        foreach (var left in await context.Set<Household>().Where(row => row.Id != household.Id && row.HeadPersonId != null && entry.MemberIds.Contains(row.HeadPersonId)).ToListAsync(cancellationToken))
            await context.Replace(left with { HeadPersonId = null }, cancellationToken);
        await context.Audit("household:" + household.Id, new AuditDetail("HouseholdKept", new { household.FolderNumber, entry.HeadPersonId, entry.MemberIds }), deed, cancellationToken);
    }

    // Of a county: two changes that take the same person must not both have them.
    private Task OneAtATime(string countyCode, CancellationToken cancellationToken) => context.LockWord("households:" + countyCode, cancellationToken);
}
