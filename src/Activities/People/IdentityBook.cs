using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.People;

/// <summary>Keeps what changes of a recognised person over time: the relief category, where they live, who decides for them (P12). Every row has its days, so that any day can be reckoned again.</summary>
public sealed class IdentityBook(ReliefDbContext context)
{
    private static readonly DateOnly Always = new(1900, 1, 1);

    /// <summary>A person is of another category from a day on; what held before ends the day before. A category that holds already stays.</summary>
    public async Task Recategorise(string personId, (ReliefCategory Category, DateOnly From, string Evidence) to, Deed deed, CancellationToken cancellationToken)
    {
        var person = await Locked(personId, cancellationToken);
        var holding = await context.Set<ReliefIdentity>().Where(row => row.PersonId == personId && (row.ValidTo == null || row.ValidTo >= to.From)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var row in holding.Where(row => row.Category != to.Category && row.ValidFrom < to.From))
            await context.Replace(row with { ValidTo = to.From.AddDays(-1) }, cancellationToken);
        if (!holding.Exists(row => row.Category == to.Category))
            await context.Insert(new ReliefIdentity
            {
                Id = deed.Key + "-identity", CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = personId, Category = to.Category, ValidFrom = to.From,
                Evidence = to.Evidence, Source = "dynamic-management"
            }, cancellationToken);
        await Audit(personId, "CategoryChanged", new { to.Category, to.From, to.Evidence }, deed, cancellationToken);
    }

    /// <summary>A person is of no category any more after a day.</summary>
    public async Task End(string personId, DateOnly last, Deed deed, CancellationToken cancellationToken)
    {
        await Locked(personId, cancellationToken);
        foreach (var row in await context.Set<ReliefIdentity>().Where(row => row.PersonId == personId && row.ValidFrom <= last && (row.ValidTo == null || row.ValidTo > last)).ToListAsync(cancellationToken))
            await context.Replace(row with { ValidTo = last }, cancellationToken);
        await Audit(personId, "IdentityEnded", new { last }, deed, cancellationToken);
    }

    /// <summary>A person lives in another village of the county from a day on (E03).</summary>
    public async Task Move(string personId, (string Village, DateOnly From) to, Deed deed, CancellationToken cancellationToken)
    {
        var person = await Locked(personId, cancellationToken);
        if (person.AreaCode == to.Village)
            return;
        var rows = await context.Set<Residence>().Where(row => row.PersonId == personId).OrderBy(row => row.ValidFrom).ToListAsync(cancellationToken);
        var last = rows.Count > 0 ? rows[^1] : null;
        if (last is null)
            await context.Insert(Lived(person, deed.Key + "-before", (person.AreaCode, Always, to.From.AddDays(-1)), deed), cancellationToken);
        else
            await context.Replace(last with { ValidTo = to.From.AddDays(-1) }, cancellationToken);
        await context.Insert(Lived(person, deed.Key + "-after", (to.Village, to.From, null), deed), cancellationToken);
        await context.Replace(person with { AreaCode = to.Village }, cancellationToken);
        await Audit(personId, "MovedWithinCounty", new { person.AreaCode, to.Village, to.From }, deed, cancellationToken);
    }

    /// <summary>A person has left the county: that day is the last of whatever is served and paid (INV-07).</summary>
    public async Task Leave(string personId, DateOnly on, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(await Locked(personId, cancellationToken) with { MovedOn = on }, cancellationToken);
        await Audit(personId, "MovedAway", new { on }, deed, cancellationToken);
    }

    /// <summary>A person is of age: they decide for themselves, and what a guardian has said does not count any more.</summary>
    public async Task ComeOfAge(string personId, Deed deed, CancellationToken cancellationToken)
    {
        var person = await Locked(personId, cancellationToken);
        await context.Replace(person with { GuardianId = null, GuardianGround = null, GuardianPaper = null }, cancellationToken);
        await Audit(personId, "CameOfAge", new { person.GuardianId }, deed, cancellationToken);
    }

    private static Residence Lived(Person person, string id, (string Village, DateOnly From, DateOnly? To) at, Deed deed) => new()
    {
        Id = id, CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = person.Id, AreaCode = at.Village, ValidFrom = at.From, ValidTo = at.To
    };

    private async Task<Person> Locked(string personId, CancellationToken cancellationToken)
    {
        return await context.Locked<Person>(personId).SingleAsync(cancellationToken);
    }

    private Task Audit(string personId, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit("person:" + personId, new AuditDetail(what, detail), deed, cancellationToken);
}
