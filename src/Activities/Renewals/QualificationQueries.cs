using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Renewals;

/// <summary>Reads what of a county's suppliers, workers, helpers and volunteers runs out. What a later certificate stands for, and what nobody needs any more, does not count.</summary>
public sealed class QualificationQueries(ReliefDbContext context, string countyCode)
{
    /// <summary>What has its last day in a period, by that day.</summary>
    public async Task<IReadOnlyList<Qualification>> Ending(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        List<Qualification> ending = [];
        foreach (var kind in Enum.GetValues<QualificationKind>())
            ending.AddRange(await Of(kind, from, to, cancellationToken));
        return [.. ending.OrderBy(one => one.ValidTo).ThenBy(one => one.Kind).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>One of them as it stands; null once it is renewed or its holder serves no more.</summary>
    public async Task<Qualification?> Find(QualificationKind kind, string id, DateOnly validTo, CancellationToken cancellationToken) =>
        (await Of(kind, validTo, validTo, cancellationToken)).FirstOrDefault(one => one.Id == id);

    private Task<IEnumerable<Qualification>> Of(QualificationKind kind, DateOnly from, DateOnly to, CancellationToken cancellationToken) => kind switch
    {
        QualificationKind.Training => Trainings(from, to, cancellationToken),
        QualificationKind.BackgroundCheck => Checks(from, to, cancellationToken),
        QualificationKind.Licence => Licences(from, to, cancellationToken),
        QualificationKind.NeighbourCourse => Courses(from, to, cancellationToken),
        _ => VolunteerTrainings(from, to, cancellationToken)
    };

    private async Task<IEnumerable<Qualification>> Trainings(DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        (await (from row in context.Set<WorkerTraining>()
                join worker in Workers() on row.WorkerId equals worker.Id
                join supplier in Suppliers() on worker.SupplierId equals supplier.Id
                where row.ValidTo >= @from && row.ValidTo <= to
                    && !context.Set<WorkerTraining>().Any(other => other.WorkerId == row.WorkerId && other.Course == row.Course && other.ValidTo > row.ValidTo)
                select new { row.Id, row.WorkerId, row.ValidTo, Unit = supplier.OrganisationId ?? supplier.Id }).ToListAsync(cancellationToken))
        .Select(one => new Qualification(QualificationKind.Training, one.Id, one.WorkerId, one.Unit, countyCode, one.ValidTo));

    // Only who is checked at all: a supplier that serves no children has nobody checked.
    private async Task<IEnumerable<Qualification>> Checks(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (first, last) = (from.AddYears(-1), to.AddYears(-1).AddDays(1));   // a year after 29 February is the 28th
        var checkedThen = await (from worker in Workers()
                                 join supplier in Suppliers() on worker.SupplierId equals supplier.Id
                                 where supplier.ChildVetting && worker.BackgroundCheckedOn >= first && worker.BackgroundCheckedOn <= last
                                 select new { worker.Id, Day = worker.BackgroundCheckedOn!.Value, Unit = supplier.OrganisationId ?? supplier.Id }).ToListAsync(cancellationToken);
        return checkedThen.Select(one => new Qualification(QualificationKind.BackgroundCheck, one.Id, one.Id, one.Unit, countyCode, one.Day.AddYears(1))).Where(one => one.ValidTo >= from && one.ValidTo <= to);
    }

    private async Task<IEnumerable<Qualification>> Licences(DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        (await Suppliers().Where(row => row.LicenceUntil >= from && row.LicenceUntil <= to).Select(row => new { row.Id, ValidTo = row.LicenceUntil!.Value }).ToListAsync(cancellationToken))
        .Select(one => new Qualification(QualificationKind.Licence, one.Id, one.Id, countyCode, countyCode, one.ValidTo));

    private async Task<IEnumerable<Qualification>> Courses(DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        (await context.Set<CourseCertificate>().Where(row => row.ValidTo >= from && row.ValidTo <= to
                && context.Set<NeighbourVolunteer>().Any(helper => helper.Id == row.HelperId && helper.CountyCode == countyCode)
                && context.Set<Pair>().Any(pair => pair.HelperId == row.HelperId && pair.Kind == PairKind.Neighbour && pair.Status == PairStatus.Active)
                && !context.Set<CourseCertificate>().Any(other => other.HelperId == row.HelperId && other.ValidTo > row.ValidTo))
            .Select(row => new { row.Id, row.HelperId, row.ValidTo }).ToListAsync(cancellationToken))
        .Select(one => new Qualification(QualificationKind.NeighbourCourse, one.Id, one.HelperId, countyCode, countyCode, one.ValidTo));

    private async Task<IEnumerable<Qualification>> VolunteerTrainings(DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        (await context.Set<VolunteerCertificate>().Where(row => row.CountyCode == countyCode && row.ValidTo >= from && row.ValidTo <= to
                && context.Set<TeamMember>().Any(member => member.StaffId == row.VolunteerId && member.Role == TeamRole.Volunteer && member.LeftAt == null
                    && context.Set<Order>().Any(order => order.Id == member.OrderId && !OrderFlow.Over.Contains(order.Status)))
                && !context.Set<VolunteerCertificate>().Any(other => other.VolunteerId == row.VolunteerId && (other.ValidTo == null || other.ValidTo > row.ValidTo)))
            .Select(row => new { row.Id, row.VolunteerId, ValidTo = row.ValidTo!.Value }).ToListAsync(cancellationToken))
        .Select(one => new Qualification(QualificationKind.VolunteerTraining, one.Id, one.VolunteerId, countyCode, countyCode, one.ValidTo));

    private IQueryable<Worker> Workers() => context.Set<Worker>().Where(row => row.CountyCode == countyCode && row.Active);

    private IQueryable<Supplier> Suppliers() => context.Set<Supplier>().Where(row => row.CountyCode == countyCode && row.Status == SupplierStatus.Active);
}
