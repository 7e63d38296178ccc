using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Cases;

/// <summary>Takes applications in (P01).</summary>
public sealed class ApplicationBook(ReliefDbContext context)
{
    /// <summary>Enters an application once per sender's key and gives it a receipt number.</summary>
    public async Task<Application> Enter(ApplicationEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("application:" + deed.Key, cancellationToken);
        if (await context.Set<Application>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return known;
        var year = ChinaTime.DayOf(deed.At).Year;
        var number = await context.NextNumber($"application:{entry.CountyCode}:{year}", cancellationToken);
        var application = new Application
        {
            Id = deed.NewId(),
            CountyCode = entry.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            Number = string.Create(CultureInfo.InvariantCulture, $"SQ{entry.CountyCode}-{year}-{number:000000}"),
            Channel = entry.Channel,
            ApplicantName = entry.ApplicantName,
            PersonId = entry.PersonId,
            OnBehalf = entry.OnBehalf,
            Category = entry.Category,
            ItemCodes = [.. entry.ItemCodes],
            Wording = entry.Wording,
            Papers = [.. entry.Papers],
            ConsentVersion = entry.ConsentVersion,
            Urgency = entry.Urgency,
            DiscoveryId = entry.DiscoveryId,
            Status = ApplicationStatus.Submitted,
            IdemKey = deed.Key
        };
        await context.Insert(application, cancellationToken);
        await context.Audit(Subject(application.Id), new AuditDetail("ApplicationSubmitted", new { entry.Channel, application.Number }), deed, cancellationToken);
        return application;
    }

    /// <summary>Asks for all missing papers at once. A second request is refused unless every paper of it was handed in and is unreadable.</summary>
    public async Task<CaseResult> RequestSupplement(SupplementNotice notice, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Application>(notice.ApplicationId, cancellationToken);
        var application = await Find(notice.ApplicationId, cancellationToken);
        if (application is null)
            return new CaseResult.Unknown();
        if (application.SupplementNotifiedAt is not null && !notice.Unreadable)
        {
            return application.SupplementNotifiedAt == deed.At && application.MissingPapers.SequenceEqual(notice.Papers)
                ? Done(application) : new CaseResult.OneTimeNotice();
        }

        await context.Replace(application with
        {
            MissingPapers = [.. notice.Papers],
            SupplementNotifiedAt = application.SupplementNotifiedAt ?? deed.At,
            Status = ApplicationStatus.SupplementRequested
        }, cancellationToken);
        await context.Audit(Subject(application.Id), new AuditDetail("SupplementRequested", notice), deed, cancellationToken);
        return Done(application);
    }

    /// <summary>Adds papers; those asked for and now here are missing no more.</summary>
    public async Task<CaseResult> Supply(string applicationId, IReadOnlyList<string> papers, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Application>(applicationId, cancellationToken);
        var application = await Find(applicationId, cancellationToken);
        if (application is null)
            return new CaseResult.Unknown();
        await context.Replace(application with
        {
            Papers = [.. application.Papers.Union(papers)],
            MissingPapers = [.. application.MissingPapers.Except(papers)]
        }, cancellationToken);
        await context.Audit(Subject(applicationId), new AuditDetail("PapersSupplied", papers), deed, cancellationToken);
        return Done(application);
    }

    /// <summary>Sets how far the application has come and which case it belongs to.</summary>
    public async Task<CaseResult> Conclude(ApplicationConclusion conclusion, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Application>(conclusion.ApplicationId, cancellationToken);
        var application = await Find(conclusion.ApplicationId, cancellationToken);
        if (application is null)
            return new CaseResult.Unknown();
        if (application.Status == conclusion.Status && application.CaseId == (conclusion.CaseId ?? application.CaseId))
            return Done(application);
        await context.Replace(application with { Status = conclusion.Status, CaseId = conclusion.CaseId ?? application.CaseId }, cancellationToken);
        await context.Audit(Subject(application.Id), new AuditDetail("Application" + conclusion.Status, conclusion), deed, cancellationToken);
        return Done(application);
    }

    /// <summary>The application, or none.</summary>
    public Task<Application?> Find(string applicationId, CancellationToken cancellationToken) =>
        context.Set<Application>().FirstOrDefaultAsync(row => row.Id == applicationId, cancellationToken);

    private static CaseResult.Done Done(Application application) => new(application.CaseId ?? "");

    private static string Subject(string applicationId) => "application:" + applicationId;
}
