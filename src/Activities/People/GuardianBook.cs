using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.People;

/// <summary>Keeps who answers for a person who cannot decide alone, and who of them is alleged to have abused the person (E10, E19). Who answered before stands in the person's audit trail.</summary>
/// <remarks>A guardian is an adult of the county who decides for themselves. At eighteen it ends (<see cref="IdentityBook.ComeOfAge"/>).</remarks>
public sealed class GuardianBook(ReliefDbContext context)
{
    /// <summary>From now on this one answers for a person, in the place of who did before; the same entry again changes nothing.</summary>
    /// <returns>Why not: self, unknown, dead, minor, incapable, circle, alleged, notNeeded, needed or notAdult; null when it is kept.</returns>
    public async Task<string?> Name(string personId, GuardianEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Person>(new[] { personId, entry.GuardianId }.OfType<string>(), cancellationToken);
        var person = await context.Set<Person>().SingleAsync(row => row.Id == personId, cancellationToken);
        var named = person with
        {
            GuardianId = entry.GuardianId, GuardianGround = entry.GuardianId is null ? null : entry.Ground, GuardianPaper = entry.GuardianId is null ? null : entry.Paper,
            Capacity = entry.Capacity ?? person.Capacity
        };
        if ((named.GuardianId, named.GuardianGround, named.GuardianPaper, named.Capacity) == (person.GuardianId, person.GuardianGround, person.GuardianPaper, person.Capacity))
            return null;
        var on = ChinaTime.DayOf(deed.At);
        if ((Unneeded(person, named, on) ?? await Unfit(person, entry, on, cancellationToken)) is { } obstacle)
            return obstacle;
        await context.Replace(named, cancellationToken);
        await Audit(personId, named.GuardianId is null ? "GuardianEnded" : "GuardianNamed", new { From = person.GuardianId, To = named.GuardianId, entry.Ground, entry.Paper, named.Capacity }, deed, cancellationToken);
        return null;
    }

    /// <summary>A person's guardian is alleged to have abused them: from now on nobody is taken for a guardian who is not named as another (E10).</summary>
    public async Task Allege(string personId, Deed deed, CancellationToken cancellationToken)
    {
        var person = await Locked(personId, cancellationToken);
        var alleged = person.GuardianId ?? GuardianRule.Anyone;
        if (person.Flags.Contains(GuardianRule.Alleged) && (person.GuardianId is null || person.AllegedGuardians.Contains(alleged)))
            return;
        await context.Replace(person with { Flags = [.. person.Flags.Union([GuardianRule.Alleged])], AllegedGuardians = [.. person.AllegedGuardians, alleged] }, cancellationToken);
        await Audit(personId, GuardianRule.Alleged, new { person.GuardianId }, deed, cancellationToken);
    }

    /// <summary>The latest allegation against a person's guardian has turned out wrong: they answer and are told again, unless another stands. Whoever reported it does not take it back (E10).</summary>
    /// <param name="personId">The person.</param>
    /// <param name="finding">The authority's finding, and why it holds.</param>
    /// <param name="deed">Who decides.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why not: notAlleged or samePerson; null when it is cleared.</returns>
    public async Task<string?> Clear(string personId, (string Reference, string Reason) finding, Deed deed, CancellationToken cancellationToken)
    {
        var person = await Locked(personId, cancellationToken);
        if (!person.Flags.Contains(GuardianRule.Alleged))
            return "notAlleged";
        var cleared = person.AllegedGuardians is [.., var last] ? last : GuardianRule.Anyone;
        if (await Reporter(personId, cleared, cancellationToken) == deed.By)
            return "samePerson";
        string[] standing = [.. person.AllegedGuardians.SkipLast(1)];
        string[] flags = standing.Length > 0 ? person.Flags : [.. person.Flags.Where(flag => flag != GuardianRule.Alleged)];
        await context.Replace(person with { Flags = flags, AllegedGuardians = standing }, cancellationToken);
        await Audit(personId, "GuardianCleared", new { GuardianId = cleared == GuardianRule.Anyone ? null : cleared, finding.Reference, finding.Reason }, deed, cancellationToken);
        return null;
    }

    // An adult who decides for themselves has none, and a child has one; a court speaks of an adult's capacity alone.
    private static string? Unneeded(Person person, Person named, DateOnly on)
    {
        if (person.LifeStatus == LifeStatus.Dead)
            return "notNeeded";
        var isMinor = PersonQueries.AgeOn(person.BirthDate, on) < PersonFacts.FullAge;
        if (isMinor && named.Capacity != person.Capacity)
            return "notAdult";
        var needs = isMinor || named.Capacity != LegalCapacity.Full;
        return needs == named.GuardianId is not null ? null : needs ? "needed" : "notNeeded";
    }

    // While a guardian is alleged, it is for a court to appoint another, never the same (民法典 art. 36).
    private async Task<string?> Unfit(Person person, GuardianEntry entry, DateOnly on, CancellationToken cancellationToken)
    {
        if (entry.GuardianId is not { } guardianId)
            return null;
        if (guardianId == person.Id)
            return "self";
        if (person.Flags.Contains(GuardianRule.Alleged) && (entry.Ground != GuardianGround.CourtDecision || person.AllegedGuardians.Contains(guardianId)))
            return "alleged";
        var guardian = await context.Set<Person>().FirstOrDefaultAsync(row => row.Id == guardianId && row.CountyCode == person.CountyCode, cancellationToken);
        return guardian switch
        {
            null => "unknown",
            { LifeStatus: LifeStatus.Dead } => "dead",
            _ when PersonQueries.AgeOn(guardian.BirthDate, on) < PersonFacts.FullAge => "minor",
            { Capacity: not LegalCapacity.Full } => "incapable",
            _ => await Answers(person.Id, guardian, cancellationToken) ? "circle" : null
        };
    }

    // Whether a person answers, through others or not, for who is to answer for them: who came of age lately may still have a guardian.
    private async Task<bool> Answers(string personId, Person guardian, CancellationToken cancellationToken)
    {
        HashSet<string> seen = [guardian.Id];
        for (var next = guardian.GuardianId; next is not null && seen.Add(next);)
        {
            if (next == personId)
                return true;
            var above = next;
            next = await context.Set<Person>().Where(row => row.Id == above).Select(row => row.GuardianId).FirstOrDefaultAsync(cancellationToken);
        }

        return false;
    }

    // Who reported the latest allegation against this one.
    private async Task<string?> Reporter(string personId, string alleged, CancellationToken cancellationToken)
    {
        var chain = "person:" + personId;
        var reports = await context.Set<AuditEvent>().Where(row => row.Subject == chain && row.What == GuardianRule.Alleged).OrderByDescending(row => row.Sequence).ToListAsync(cancellationToken);
        return reports.Find(report => (JsonElement.Parse(report.Detail).GetProperty("guardianId").GetString() ?? GuardianRule.Anyone) == alleged)?.DoneBy;
    }

    private async Task<Person> Locked(string personId, CancellationToken cancellationToken) => await context.Locked<Person>(personId).SingleAsync(cancellationToken);

    private Task Audit(string personId, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit("person:" + personId, new AuditDetail(what, detail), deed, cancellationToken);
}
