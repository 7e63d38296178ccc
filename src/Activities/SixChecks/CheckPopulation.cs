using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Whom each of the six items is about, and what the records show already (六查, FA-041 to FA-046). It only says where to look: a person looks.</summary>
/// <param name="context">The open records.</param>
/// <param name="townshipCode">The township.</param>
/// <param name="on">The day.</param>
public sealed class CheckPopulation(ReliefDbContext context, string townshipCode, DateOnly on)
{
    /// <summary>How long ago something sudden may have happened.</summary>
    public const int Recent = 90;

    private const int Severe = 2;
    private static readonly OrderStatus[] Over = [OrderStatus.Declined, OrderStatus.TimedOut, OrderStatus.Ended, OrderStatus.Cancelled];
    private static readonly ReliefCategory[] Covered = [ReliefCategory.Dibao, ReliefCategory.Tekun, ReliefCategory.Margin, ReliefCategory.AntiPoverty, ReliefCategory.Expenditure];

    /// <summary>The people of an item, by id.</summary>
    public async Task<IReadOnlyList<CheckMember>> Of(int item, CancellationToken cancellationToken)
    {
        var villages = await new AreaQueries(context).CodesUnder(townshipCode, cancellationToken);
        var people = context.Set<Person>().Where(row => villages.Contains(row.AreaCode) && row.LifeStatus != LifeStatus.Dead && row.MovedOn == null);
        return item switch
        {
            1 => await Members(SeverelyIll(people), NoCare(), "noCare", cancellationToken),
            2 => await Members(With(people, ReliefCategory.ExPoverty), person => !context.Set<ReliefIdentity>().Any(row =>
                row.PersonId == person.Id && Covered.Contains(row.Category) && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on)), "notCovered", cancellationToken),
            3 => await Members(Struck(people), person => !context.Set<ReliefIdentity>().Any(row =>
                row.PersonId == person.Id && row.Category == ReliefCategory.TemporaryRelief && (row.ValidTo == null || row.ValidTo >= on.AddDays(-Recent))), "noTemporaryRelief", cancellationToken),
            4 => await Members(With(people, ReliefCategory.IllnessPovertyMonitored), person => !context.Set<Order>().Any(row => row.PersonId == person.Id && row.Pathway == "M3"), "noMedicalRelief", cancellationToken),
            5 => await Kin(people, cancellationToken),
            _ => await Files(people, cancellationToken)
        };
    }

    private IQueryable<Person> With(IQueryable<Person> people, params ReliefCategory[] categories) => people.Where(person => context.Set<ReliefIdentity>().Any(row =>
        row.PersonId == person.Id && categories.Contains(row.Category) && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on)));

    private IQueryable<Person> SeverelyIll(IQueryable<Person> people) => With(people, ReliefCategory.Dibao, ReliefCategory.Tekun).Where(person => context.Set<PersonCondition>().Any(row =>
        row.PersonId == person.Id && (row.ValidTo == null || row.ValidTo >= on)
        && (row.Kind == ConditionKind.SeriousIllness || row.Kind == ConditionKind.SelfCare || (row.Kind == ConditionKind.Disability && row.Level <= Severe))));

    private System.Linq.Expressions.Expression<Func<Person, bool>> NoCare() => person => !context.Set<Order>().Any(row => row.PersonId == person.Id && !Over.Contains(row.Status));

    private IQueryable<Person> Struck(IQueryable<Person> people)
    {
        var since = Calendar.ChinaTime.StartOf(on.AddDays(-Recent));
        return people.Where(person => context.Set<Discovery>().Any(row => row.PersonId == person.Id && row.CreatedAt >= since && row.Origin != DiscoveryOrigin.Check666)
            || context.Set<PersonCondition>().Any(row => row.PersonId == person.Id && row.Kind == ConditionKind.SeriousIllness && row.CreatedAt >= since));
    }

    private static async Task<IReadOnlyList<CheckMember>> Members(IQueryable<Person> people, System.Linq.Expressions.Expression<Func<Person, bool>> shows, string signal, CancellationToken cancellationToken)
    {
        var all = await people.OrderBy(row => row.Id).Select(row => new { row.Id, row.AreaCode }).ToListAsync(cancellationToken);
        var marked = (await people.Where(shows).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet();
        return [.. all.Select(person => new CheckMember(person.Id, person.AreaCode, marked.Contains(person.Id) ? signal : null))];
    }

    // Item 5: relatives of relief staff who are not filed.
    private async Task<IReadOnlyList<CheckMember>> Kin(IQueryable<Person> people, CancellationToken cancellationToken)
    {
        var members = await Members(
            With(people, ReliefCategory.Dibao), person => context.Set<KinDeclaration>().Any(row => row.PersonId == person.Id && row.Relation != KinDeclaration.AgentOf), "kinNotFiled", cancellationToken);
        var kin = members.Where(member => member.Signal is not null).Select(member => member.PersonId).ToList();
        var cases = await context.Set<Case>().Where(row => kin.Contains(row.PersonId) && row.ClosedAt == null).ToListAsync(cancellationToken);
        var filed = cases.Where(file => file.Flags.Contains(KinFlags.KinFiling)).Select(file => file.PersonId).ToHashSet();
        return [.. members.Select(member => filed.Contains(member.PersonId) ? member with { Signal = null } : member)];
    }

    // Item 6: what the system should hold of the extremely poor, and of families on dibao.
    private async Task<IReadOnlyList<CheckMember>> Files(IQueryable<Person> people, CancellationToken cancellationToken)
    {
        var supported = await With(people, ReliefCategory.Tekun).OrderBy(row => row.Id).Select(row => new { row.Id, row.AreaCode }).ToListAsync(cancellationToken);
        var ids = supported.Select(person => person.Id).ToList();
        var present = (await context.Set<ArchiveFile>().Where(file => ids.Contains(file.PersonId))
            .SelectMany(file => context.Set<ArchiveItem>().Where(item => item.FileId == file.Id && item.Present).Select(item => item.Kind).DefaultIfEmpty(), (file, kind) => new { file.PersonId, kind })
            .ToListAsync(cancellationToken)).ToLookup(row => row.PersonId, row => row.kind);
        var families = await Members(With(people, ReliefCategory.Dibao).Where(person => !ids.Contains(person.Id)), person => person.HouseholdId == null, "householdMissing", cancellationToken);
        return
        [
            .. supported.Select(person => new CheckMember(person.Id, person.AreaCode, !present.Contains(person.Id) ? "noFile"
                : !present[person.Id].Contains("needDetermination") ? "needAssessmentMissing" : !present[person.Id].Contains("agreement") ? "agreementMissing" : null)),
            .. families
        ];
    }
}
