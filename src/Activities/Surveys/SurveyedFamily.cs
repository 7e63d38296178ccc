using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Whom a survey team met living with a person, found on the records and kept as the person's household (P04, X01).</summary>
/// <remarks>
/// Found by the ID number; without one by name, day of birth and village as a probable duplicate is (E07), where one person fits and no other. Nobody is entered
/// without a number, and who is on the records already stays as they are there.
/// </remarks>
public sealed class SurveyedFamily(ReliefDbContext context, PersonalDataKey key)
{
    private const int Most = 30;

    /// <summary>Who of them is on the records; or why they cannot be kept so. Nothing is written.</summary>
    public async Task<(FoundFamily? Family, string? Problem)> Find(string personId, IReadOnlyList<SurveyedMember> family, DateOnly on, CancellationToken cancellationToken)
    {
        if (family.Count > Most)
            return (null, "MembersTooMany");
        if (family.Count(member => member.IsHead) > 1)
            return (null, "TwoHeads");
        var about = await context.Set<Person>().SingleAsync(row => row.Id == personId, cancellationToken);
        List<FoundMember> found = [];
        foreach (var member in family)
        {
            var (one, problem) = await Match(about, member, on, cancellationToken);
            if (one is null)
                return (null, problem);
            found.Add(one);
        }

        if (found.Exists(one => one.Known?.LifeStatus == LifeStatus.Dead))
            return (null, "MemberDead");
        if (found.DistinctBy(one => one.Known?.Id ?? key.SearchHash(one.IdNumber!)).Count() < found.Count)
            return (null, "MemberTwice");
        // Whose survey it is lives there, and comes first: the folder lies in their village.
        var own = found.Find(one => one.Known?.Id == personId) ?? new FoundMember(new SurveyedMember(about.Name, about.Sex, about.BirthDate, null, false), about, null);
        return (new FoundFamily(about, [own, .. found.Where(one => one.Known?.Id != personId)]), null);
    }

    /// <summary>Enters those who are not on the records, and keeps all as the household in which the person lives.</summary>
    public async Task Keep(FoundFamily family, string? houseType, Deed deed, CancellationToken cancellationToken)
    {
        Dictionary<FoundMember, string> ids = [];
        // In one order, so that two surveys that meet the same people do not wait for each other.
        foreach (var (number, member) in family.Members.OrderBy(member => member.IdNumber is { } of ? key.SearchHash(of) : "", StringComparer.Ordinal).Index())
            ids[member] = member.Known?.Id ?? (await Enter(family.About, member, deed.Step($"member-{number}"), cancellationToken)).Id;
        var head = family.Members.FirstOrDefault(member => member.Member.IsHead);
        var entry = new HouseholdEntry([.. family.Members.Select(member => ids[member])], head is null ? null : ids[head], houseType);
        await new HouseholdBook(context).KeepOf(family.About.Id, entry, deed.Step("household"), cancellationToken);
    }

    private Task<Person> Enter(Person about, FoundMember member, Deed deed, CancellationToken cancellationToken) => new PersonBook(context, key).Enter(new PersonEntry
    {
        CountyCode = about.CountyCode, IdNumber = member.IdNumber!, Name = member.Member.Name!.Trim(), Sex = member.Member.Sex!, BirthDate = IdNumber.BirthDate(member.IdNumber!)!.Value, AreaCode = about.AreaCode
    }, deed, cancellationToken);

    private async Task<(FoundMember? Found, string? Problem)> Match(Person about, SurveyedMember member, DateOnly on, CancellationToken cancellationToken)
    {
        if (member.Name?.Trim() is not { Length: > 0 and <= 100 } name)
            return (null, "MemberIncomplete");
        if (member.IdNumber is not { Length: > 0 } sealedNumber)
            return await Probable(about, member, name, cancellationToken);
        var number = key.Open(sealedNumber);
        if (await new PersonBook(context, key).Find(about.CountyCode, number, cancellationToken) is { } known)
            return known.Name == name ? (new FoundMember(member, known, number), null) : (null, "MemberOther");
        return member.Sex is "F" or "M" && IdNumber.BirthDate(number) <= on ? (new FoundMember(member, null, number), null) : (null, "MemberIncomplete");
    }

    private async Task<(FoundMember? Found, string? Problem)> Probable(Person about, SurveyedMember member, string name, CancellationToken cancellationToken)
    {
        var fitting = await context.Set<Person>().Where(row => row.CountyCode == about.CountyCode && row.AreaCode == about.AreaCode && row.Name == name && row.BirthDate == member.BirthDate).Take(2).ToListAsync(cancellationToken);
        return fitting is [var one] ? (new FoundMember(member, one, null), null) : (null, "MemberUnknown");
    }
}

/// <summary>A family as it was found.</summary>
/// <param name="About">Whose survey it is.</param>
/// <param name="Members">All who live there, that person first.</param>
public sealed record FoundFamily(Person About, IReadOnlyList<FoundMember> Members);

/// <summary>One of a family.</summary>
/// <param name="Member">As the team met them.</param>
/// <param name="Known">Who they are on the records; null of somebody new.</param>
/// <param name="IdNumber">The number in the clear, never written anywhere; null where they were found without it.</param>
public sealed record FoundMember(SurveyedMember Member, Person? Known, string? IdNumber);
