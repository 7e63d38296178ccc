using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Renewals;

/// <summary>Keeps what was renewed, beside what it stands for: what was served under the old one stays proven.</summary>
internal sealed class QualificationBook(ReliefDbContext context)
{
    /// <summary>Keeps the new certificate, check or licence with its days.</summary>
    public async Task Renew(Qualification old, (string Certificate, DateOnly From, DateOnly To) renewed, Deed deed, CancellationToken cancellationToken)
    {
        var (certificate, from, to) = renewed;
        switch (old.Kind)
        {
            case QualificationKind.Training:
                var course = await context.Set<WorkerTraining>().Where(row => row.Id == old.Id).Select(row => row.Course).SingleAsync(cancellationToken);
                await new SupplierBook(context).Certify(new WorkerTraining { Id = deed.Key, WorkerId = old.Holder, Course = course, Certificate = certificate, ValidFrom = from, ValidTo = to }, deed, cancellationToken);
                break;
            case QualificationKind.NeighbourCourse:
                await new NeighbourBook(context).Certify(new CourseCertificate { Id = deed.Key, HelperId = old.Holder, Certificate = certificate, ValidFrom = from, ValidTo = to }, deed, cancellationToken);
                break;
            case QualificationKind.VolunteerTraining:
                await new VolunteerBook(context).Certify(new VolunteerCertificate
                {
                    Id = deed.Key, CountyCode = old.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, VolunteerId = old.Holder, Certificate = certificate, ValidFrom = from, ValidTo = to
                }, deed, cancellationToken);
                break;
            case QualificationKind.BackgroundCheck:
                await new SupplierBook(context).Check(old.Holder, (certificate, from), deed, cancellationToken);
                break;
            default:
                await new SupplierBook(context).Licence(old.Holder, (certificate, to), deed, cancellationToken);
                break;
        }
    }
}
