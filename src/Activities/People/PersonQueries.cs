using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.People;

/// <summary>Reads persons.</summary>
public sealed class PersonQueries(ReliefDbContext context)
{
    /// <summary>What two persons have in common who are probably one (E07).</summary>
    public static readonly IReadOnlyList<string> ProbableBy = ["name", "birthDate", "village"];

    /// <summary>The facts on a day, or none when the person is unknown.</summary>
    public async Task<PersonFacts?> Facts(string personId, DateOnly on, CancellationToken cancellationToken)
    {
        var person = await context.Set<Person>().FirstOrDefaultAsync(row => row.Id == personId, cancellationToken);
        if (person is null)
            return null;
        var categories = await context.Set<ReliefIdentity>()
            .Where(row => row.PersonId == personId && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on))
            .Select(row => row.Category).Distinct().ToListAsync(cancellationToken);
        var conditions = await context.Set<PersonCondition>()
            .Where(row => row.PersonId == personId && (row.ValidTo == null || row.ValidTo >= on)).ToListAsync(cancellationToken);
        var age = AgeOn(person.BirthDate, on);
        return new PersonFacts
        {
            Person = person,
            Age = age,
            Categories = categories,
            Conditions = conditions,
            PersonClasses = [.. ClassesOf(age, conditions)]
        };
    }

    /// <summary>A person, or none.</summary>
    public Task<Person?> Find(string personId, CancellationToken cancellationToken) => context.Set<Person>().FirstOrDefaultAsync(row => row.Id == personId, cancellationToken);

    /// <summary>Those of these persons who are on the records, by id.</summary>
    public async Task<IReadOnlyList<Person>> Known(IReadOnlyList<string> personIds, CancellationToken cancellationToken) =>
        await context.Set<Person>().Where(row => personIds.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Open cases' persons of the same name, birth date and village but another number: probable duplicates (E07).</summary>
    public async Task<IReadOnlyList<Person>> Probable(Person person, CancellationToken cancellationToken) =>
        await context.Set<Person>()
            .Where(row => row.CountyCode == person.CountyCode && row.Id != person.Id && row.Name == person.Name
                && row.BirthDate == person.BirthDate && row.AreaCode == person.AreaCode)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Completed years on a day.</summary>
    public static int AgeOn(DateOnly birth, DateOnly on) => on.Year - birth.Year - (on < birth.AddYears(on.Year - birth.Year) ? 1 : 0);

    private static IEnumerable<string> ClassesOf(int age, List<PersonCondition> conditions)
    {
        if (age >= 60)
            yield return "elderly";
        if (age < PersonFacts.FullAge)
            yield return "minor";
        if (conditions.Exists(condition => condition.Kind == ConditionKind.Disability))
            yield return "disabled";
        if (conditions.Exists(condition => condition.Kind == ConditionKind.SeriousIllness))
            yield return "seriouslyIll";
    }
}
