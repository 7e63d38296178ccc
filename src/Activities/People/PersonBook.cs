using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.People;

/// <summary>Enters persons and what is known of them.</summary>
public sealed class PersonBook(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>The person with an ID number, or none.</summary>
    public Task<Person?> Find(string countyCode, string idNumber, CancellationToken cancellationToken)
    {
        var hash = key.SearchHash(idNumber);
        return context.Set<Person>().FirstOrDefaultAsync(row => row.CountyCode == countyCode && row.IdNumberHash == hash, cancellationToken);
    }

    /// <summary>Enters a person once per county and ID number; who is there already is returned unchanged.</summary>
    public async Task<Person> Enter(PersonEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var hash = key.SearchHash(entry.IdNumber);
        await context.LockWord("person:" + hash, cancellationToken);
        if (await Find(entry.CountyCode, entry.IdNumber, cancellationToken) is { } known)
            return known;
        var person = new Person
        {
            Id = entry.Id ?? deed.NewId(),
            CountyCode = entry.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            HouseholdId = entry.HouseholdId,
            IdNumberSealed = key.Seal(entry.IdNumber),
            IdNumberHash = hash,
            Name = entry.Name,
            Sex = entry.Sex,
            BirthDate = entry.BirthDate,
            AreaCode = entry.AreaCode,
            Phone = entry.Phone,
            Capacity = LegalCapacity.Full,
            LifeStatus = LifeStatus.Alive
        };
        await context.Insert(person, cancellationToken);
        await context.Audit("person:" + person.Id, new AuditDetail("PersonEntered", new { person.AreaCode }), deed, cancellationToken);
        return person;
    }

    /// <summary>A report of death: it pauses visits and money; a human confirms or retracts it (0.2b). Nothing is final yet.</summary>
    public Task<LifeChange> ReportDeath(string personId, DeathReport report, Deed deed, CancellationToken cancellationToken) =>
        Change(personId, LifeStatus.Alive, person => person with { LifeStatus = LifeStatus.DeathReported, DiedOn = report.DiedOn, DeathSource = report.Source }, deed, cancellationToken);

    /// <summary>A human has confirmed the report: everything of this person stops.</summary>
    public Task<LifeChange> ConfirmDeath(string personId, Deed deed, CancellationToken cancellationToken) =>
        Change(personId, LifeStatus.DeathReported, person => person with { LifeStatus = LifeStatus.Dead }, deed, cancellationToken);

    /// <summary>The report was wrong: everything is restored.</summary>
    public Task<LifeChange> RetractDeath(string personId, Deed deed, CancellationToken cancellationToken) =>
        Change(personId, LifeStatus.DeathReported, person => person with { LifeStatus = LifeStatus.Alive, DiedOn = null, DeathSource = null }, deed, cancellationToken);

    private async Task<LifeChange> Change(
        string personId, LifeStatus from, Func<Person, Person> change, Deed deed, CancellationToken cancellationToken)
    {
        var person = await context.Locked<Person>(personId).SingleOrDefaultAsync(cancellationToken);
        if (person is null || person.LifeStatus != from)
            return new LifeChange(false, person?.LifeStatus);
        var changed = change(person);
        await context.Replace(changed, cancellationToken);
        await context.Audit("person:" + personId, new AuditDetail("LifeStatusChanged", new { From = from, To = changed.LifeStatus, changed.DiedOn, changed.DeathSource }), deed, cancellationToken);
        return new LifeChange(true, changed.LifeStatus);
    }
}
