using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entitlements;

/// <summary>Takes lists of entitlements in and shows them per person (S25).</summary>
public sealed class EntitlementBook(ReliefDbContext context, PersonalDataKey key)
{
    private const int RefusalsKept = 1_000;
    private const int AtOnce = 500;

    /// <summary>A person's entitlements, the latest month first.</summary>
    public async Task<IReadOnlyList<Entitlement>> Of(string personId, CancellationToken cancellationToken) =>
        await context.Set<Entitlement>().Where(row => row.PersonId == personId).OrderByDescending(row => row.Period).ThenBy(row => row.Scheme).ToListAsync(cancellationToken);

    /// <summary>A list that was handed in, or none.</summary>
    public Task<EntitlementFile?> Find(string id, CancellationToken cancellationToken) => context.Set<EntitlementFile>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Takes a list once. A row that is there already changes nothing; one with another amount is refused, because nobody decided which is right.</summary>
    /// <param name="file">Its identifier, county and scheme.</param>
    /// <param name="read">Its rows and faults.</param>
    /// <param name="deed">Who hands it in, and when.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept then.</param>
    public async Task<EntitlementFile> Take(
        (string Id, string County, string Scheme) file, (IReadOnlyList<ListedEntitlement> Rows, IReadOnlyList<ListFault> Faults) read, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"entitlements:{file.County}:{file.Scheme}", cancellationToken);
        if (await Find(file.Id, cancellationToken) is { } before)
            return before;
        List<ListFault> faults = [.. read.Faults];
        Dictionary<(string, string), Entitlement> taken = [];
        var repeated = 0;
        var hashed = read.Rows.Select(row => (Row: row, Hash: key.SearchHash(row.IdNumber))).ToList();
        var persons = await PersonsOf(file.County, hashed.Select(one => one.Hash), cancellationToken);
        var known = await Known(file.Scheme, persons.Values, cancellationToken);
        foreach (var (row, hash) in hashed)
        {
            if (persons.GetValueOrDefault(hash) is not { } person)
            {
                faults.Add(new ListFault(row.Line, "idNumber", "unknownPerson"));
                continue;
            }

            if ((taken.GetValueOrDefault((person, row.Period)) ?? known.GetValueOrDefault((person, row.Period))) is not { } there)
                taken[(person, row.Period)] = Made(file, person, row, deed);
            else if (there.Amount == row.Amount)
                repeated++;
            else
                faults.Add(new ListFault(row.Line, "amount", "otherAmount"));
        }

        await context.InsertAll([.. taken.Values], cancellationToken);
        var kept = new EntitlementFile
        {
            Id = file.Id, CountyCode = file.County, CreatedAt = deed.At, CreatedBy = deed.By, Scheme = file.Scheme, Accepted = taken.Count, Repeated = repeated, Refused = faults.Count,
            Refusals = JsonSerializer.Serialize(faults.OrderBy(fault => fault.Line).Take(RefusalsKept), FlowJson.Options)
        };
        await context.Insert(kept, cancellationToken);
        await context.Audit("entitlements:" + file.County, new AuditDetail("EntitlementsTaken", new { kept.Id, kept.Scheme, kept.Accepted, kept.Repeated, kept.Refused }), deed, cancellationToken);
        return kept;
    }

    // The persons of a county by the hash of their ID numbers.
    private async Task<Dictionary<string, string>> PersonsOf(string county, IEnumerable<string> hashes, CancellationToken cancellationToken)
    {
        Dictionary<string, string> persons = new(StringComparer.Ordinal);
        foreach (var some in hashes.Distinct().Chunk(AtOnce))
        {
            foreach (var one in await context.Set<Person>().Where(one => one.CountyCode == county && some.Contains(one.IdNumberHash)).Select(one => new { one.Id, one.IdNumberHash }).ToListAsync(cancellationToken))
                persons[one.IdNumberHash] = one.Id;
        }

        return persons;
    }

    private async Task<Dictionary<(string, string), Entitlement>> Known(string scheme, IEnumerable<string> persons, CancellationToken cancellationToken)
    {
        Dictionary<(string, string), Entitlement> known = [];
        foreach (var some in persons.Chunk(AtOnce))
        {
            foreach (var one in await context.Set<Entitlement>().Where(one => one.Scheme == scheme && some.Contains(one.PersonId)).ToListAsync(cancellationToken))
                known[(one.PersonId, one.Period)] = one;
        }

        return known;
    }

    private static Entitlement Made((string Id, string County, string Scheme) file, string person, ListedEntitlement row, Deed deed) => new()
    {
        Id = deed.NewId(), CountyCode = file.County, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = person, Scheme = file.Scheme, Period = row.Period, Amount = row.Amount, FileId = file.Id
    };
}
