using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.RedVest;

/// <summary>Keeps volunteers' certificates of training (PW5 step 1, README 0.2b: training is certificates with expiry).</summary>
public sealed class VolunteerBook(ReliefDbContext context)
{
    /// <summary>Keeps a certificate, once per number and last day.</summary>
    public async Task Certify(VolunteerCertificate certificate, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<VolunteerCertificate>().AnyAsync(
                row => row.VolunteerId == certificate.VolunteerId && row.Certificate == certificate.Certificate && row.ValidTo == certificate.ValidTo, cancellationToken))
            return;
        await context.Insert(certificate, cancellationToken);
        await context.Audit("volunteer:" + certificate.VolunteerId, new AuditDetail("VolunteerCertified", certificate), deed, cancellationToken);
    }

    /// <summary>Whether every certificate of a volunteer has ended on a day. Who has shown none is not asked for one.</summary>
    public async Task<bool> HasEnded(string volunteerId, DateOnly on, CancellationToken cancellationToken)
    {
        var ends = await context.Set<VolunteerCertificate>().Where(row => row.VolunteerId == volunteerId).Select(row => row.ValidTo).ToListAsync(cancellationToken);
        return ends.Count > 0 && ends.TrueForAll(end => end < on);
    }
}
