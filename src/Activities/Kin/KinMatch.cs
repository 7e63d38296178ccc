using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Kin;

/// <summary>Takes declarations of close relatives and compares them with the people of open cases and their households (P27 steps 1 and 2).</summary>
public sealed class KinMatch(ReliefDbContext context)
{
    /// <summary>Takes a statement once per key and opens a filing for every open case that it meets.</summary>
    /// <param name="staff">Who declares.</param>
    /// <param name="relatives">The hash of each relative's ID number with the relation; none when there are none.</param>
    /// <param name="deed">Who enters it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<(KinStatement Statement, IReadOnlyList<KinFilingRecord> Hits)> State(
        StaffMember staff, IReadOnlyList<(string Hash, string Relation)> relatives, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("kin:" + staff.Id, cancellationToken);
        var id = InstanceIds.Of("kinstatement:" + deed.Key).ToString("N");
        if (await context.Set<KinStatement>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return (known, await context.Set<KinFilingRecord>().Where(row => row.OriginId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken));

        var year = ChinaTime.DayOf(deed.At).Year;
        var statement = new KinStatement
        {
            Id = id, CountyCode = staff.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = staff.CountyCode, StaffId = staff.Id, Year = year, Relatives = relatives.Count,
            DueOn = await DueOn(staff.CountyCode, year, cancellationToken)
        };
        await context.Insert(statement, cancellationToken);
        var declared = await context.Set<KinRelative>().Where(row => row.StaffId == staff.Id).Select(row => row.IdNumberHash).ToListAsync(cancellationToken);
        KinRelative[] added = [.. relatives.DistinctBy(one => one.Hash).Where(one => !declared.Contains(one.Hash)).Select((one, index) => new KinRelative
        {
            Id = $"{id}-{index + 1}", CountyCode = staff.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = staff.CountyCode,
            StatementId = id, StaffId = staff.Id, IdNumberHash = one.Hash, Relation = one.Relation
        })];
        await context.InsertAll(added, cancellationToken);

        string[] hashes = [.. relatives.Select(one => one.Hash)];
        List<KinFilingRecord> hits = [];
        foreach (var about in await CasesNear(hashes, staff.CountyCode, cancellationToken))
            hits.AddRange((await Of(about, KinOrigin.Declaration, id, deed, cancellationToken)).Where(hit => hit.StaffId == staff.Id));
        return (statement, hits);
    }

    /// <summary>Compares a case's person and household with all declarations, and opens the filings of what it finds; those that are not NotKin are the answer.</summary>
    public async Task<IReadOnlyList<KinFilingRecord>> Of(Case about, KinOrigin origin, string? originId, Deed deed, CancellationToken cancellationToken)
    {
        var person = await context.Set<Person>().SingleAsync(row => row.Id == about.PersonId, cancellationToken);
        var household = person.HouseholdId is null ? [person] : await context.Set<Person>().Where(row => row.HouseholdId == person.HouseholdId).ToListAsync(cancellationToken);
        await DeclareKnown(household, deed, cancellationToken);

        string[] members = [.. household.Select(member => member.Id)];
        var declarations = await context.Set<KinDeclaration>().Where(row => members.Contains(row.PersonId) && row.Relation != KinDeclaration.AgentOf).ToListAsync(cancellationToken);
        List<KinFilingRecord> filings = [];
        foreach (var related in declarations.OrderBy(row => row.PersonId != person.Id).DistinctBy(row => row.StaffId).OrderBy(row => row.StaffId, StringComparer.Ordinal))
        {
            var hit = new KinHit(about.Id, related.StaffId, related.PersonId == person.Id ? related.Relation : KinBook.Household, origin, originId);
            filings.Add(await new KinBook(context).Open(hit, deed.Step("kin-" + related.StaffId), cancellationToken));
        }

        // What came to light otherwise and was filed counts as well.
        var ids = filings.Select(filing => filing.Id).ToList();
        filings.AddRange(await context.Set<KinFilingRecord>().Where(row => row.CaseId == about.Id && !ids.Contains(row.Id)).OrderBy(row => row.StaffId).ToListAsync(cancellationToken));
        return [.. filings.Where(filing => filing.Status != KinFilingStatus.NotKin)];
    }

    /// <summary>Keeps that a member of staff is related to a person: from now on they are excluded from the person's cases.</summary>
    public async Task Declare(string staffId, string personId, string relation, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<KinDeclaration>().FirstOrDefaultAsync(row => row.StaffId == staffId && row.PersonId == personId, cancellationToken) is { } known)
        {
            if (known.Relation == KinDeclaration.AgentOf)
                await context.Replace(known with { Relation = relation }, cancellationToken);
            return;
        }

        await context.Insert(new KinDeclaration { Id = InstanceIds.Of($"kin:{staffId}:{personId}").ToString("N"), StaffId = staffId, PersonId = personId, Relation = relation, DeclaredAt = deed.At }, cancellationToken);
    }

    /// <summary>By when a year's declarations are due.</summary>
    public async Task<DateOnly> DueOn(string countyCode, int year, CancellationToken cancellationToken)
    {
        var row = await new ParameterQueries(context).Find("kin.declare", countyCode, new DateOnly(year, 1, 1), cancellationToken) ?? throw new InvalidOperationException("There is no policy parameter kin.declare.");
        return DateOnly.ParseExact($"{year}-{row.Value}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    // A relative who was not known when they were declared may be a person here by now.
    private async Task DeclareKnown(IReadOnlyList<Person> household, Deed deed, CancellationToken cancellationToken)
    {
        var byHash = household.ToDictionary(member => member.IdNumberHash, member => member.Id);
        string[] hashes = [.. byHash.Keys];
        foreach (var relative in await context.Set<KinRelative>().Where(row => hashes.Contains(row.IdNumberHash)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            await Declare(relative.StaffId, byHash[relative.IdNumberHash], relative.Relation, deed, cancellationToken);
    }

    private async Task<IReadOnlyList<Case>> CasesNear(string[] hashes, string countyCode, CancellationToken cancellationToken)
    {
        var relatives = await context.Set<Person>().Where(row => row.CountyCode == countyCode && hashes.Contains(row.IdNumberHash)).ToListAsync(cancellationToken);
        string[] persons = [.. relatives.Select(row => row.Id)];
        string[] households = [.. relatives.Select(row => row.HouseholdId).OfType<string>().Distinct()];
        var near = context.Set<Person>().Where(row => persons.Contains(row.Id) || (row.HouseholdId != null && households.Contains(row.HouseholdId))).Select(row => row.Id);
        return await context.Set<Case>().Where(row => row.CountyCode == countyCode && row.ClosedAt == null && near.Contains(row.PersonId)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }
}
