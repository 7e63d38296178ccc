using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Assigns surveys, keeps their attempts and takes them in (P04). A submitted survey is never changed (INV-09).</summary>
public sealed class SurveyBook(ReliefDbContext context)
{
    private static readonly TimeSpan TooFast = TimeSpan.FromSeconds(40);

    /// <summary>Opens the next version of a case's survey for a team; an assigned one that is open is returned as it is.</summary>
    public async Task<SurveyRecord> Assign(SurveyAssignment assignment, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(assignment.CaseId, cancellationToken);
        var earlier = await context.Set<SurveyRecord>().Where(row => row.CaseId == assignment.CaseId)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        if (earlier?.Status == SurveyStatus.Assigned)
            return earlier;
        var survey = new SurveyRecord
        {
            Id = deed.NewId(),
            CountyCode = assignment.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CaseId = assignment.CaseId,
            Version = (earlier?.Version ?? 0) + 1,
            Mode = assignment.Mode,
            TemplateId = assignment.TemplateId,
            Team = [.. assignment.Team.Distinct()],
            Status = SurveyStatus.Assigned,
            Answers = "{}",
            Place = "home",
            PhotoCount = 0
        };
        await context.Insert(survey, cancellationToken);
        await context.Audit(AuditTrail.Case(survey.CaseId), new AuditDetail("SurveyAssigned", assignment), deed, cancellationToken);
        return survey;
    }

    /// <summary>Agrees a time, or replaces the team before the visit.</summary>
    public async Task<SurveyResult> Arrange(string surveyId, SurveyArrangement arrangement, Deed deed, CancellationToken cancellationToken)
    {
        var survey = await Locked(surveyId, cancellationToken);
        if (survey is null)
            return new SurveyResult.Unknown();
        if (survey.Status != SurveyStatus.Assigned)
            return new SurveyResult.WrongState(survey.Status);
        await context.Replace(survey with
        {
            AppointmentAt = arrangement.AppointmentAt ?? survey.AppointmentAt,
            Team = arrangement.Team is { } team ? [.. team.Distinct()] : survey.Team
        }, cancellationToken);
        await context.Audit(AuditTrail.Case(survey.CaseId), new AuditDetail("SurveyArranged", arrangement), deed, cancellationToken);
        return new SurveyResult.Valid(surveyId, []);
    }

    /// <summary>Keeps a visit that found nobody and says whether the person counts as unreachable now: 3 attempts on 2 days (E06).</summary>
    public async Task<AttemptCount> Attempt(SurveyAttempt attempt, Deed deed, CancellationToken cancellationToken)
    {
        var survey = await Locked(attempt.SurveyId, cancellationToken);
        var attempts = await context.Set<SurveyAttempt>().Where(row => row.SurveyId == attempt.SurveyId).ToListAsync(cancellationToken);
        if (survey is not null && !attempts.Exists(row => row.AttemptedAt == attempt.AttemptedAt))
        {
            await context.Insert(attempt, cancellationToken);
            attempts.Add(attempt);
            await context.Audit(AuditTrail.Case(survey.CaseId), new AuditDetail("SurveyAttempted", new { attempt.AttemptedAt, attempt.Outcome }), deed, cancellationToken);
        }

        return new AttemptCount(attempts.Count, attempts.Select(row => ChinaTime.DayOf(row.AttemptedAt)).Distinct().Count());
    }

    /// <summary>Ends an open survey without a result: unreachable or refused.</summary>
    public async Task<SurveyResult> End(string surveyId, SurveyStatus status, Deed deed, CancellationToken cancellationToken)
    {
        var survey = await Locked(surveyId, cancellationToken);
        if (survey is null)
            return new SurveyResult.Unknown();
        if (survey.Status != SurveyStatus.Assigned)
            return new SurveyResult.WrongState(survey.Status);
        await context.Replace(survey with { Status = status }, cancellationToken);
        await context.Audit(AuditTrail.Case(survey.CaseId), new AuditDetail("Survey" + status), deed, cancellationToken);
        return new SurveyResult.Valid(surveyId, []);
    }

    /// <summary>Validates and keeps a survey. Invalid ones leave only a flag on the case, for the spot check (SC-07).</summary>
    public async Task<SurveyResult> Submit(SurveySubmission submission, Deed deed, CancellationToken cancellationToken)
    {
        var survey = await Locked(submission.SurveyId, cancellationToken);
        if (survey is null)
            return new SurveyResult.Unknown();
        if (survey.Status == SurveyStatus.Submitted)
            return new SurveyResult.Valid(survey.Id, survey.Flags);
        if (survey.Status != SurveyStatus.Assigned)
            return new SurveyResult.WrongState(survey.Status);
        if (Problem(survey, submission) is { } reason)
        {
            if (reason == "SignersNotDistinct")
                await new CaseBook(context).Flag(survey.CaseId, "SpotCheckPriority", true, deed, cancellationToken);
            return new SurveyResult.Invalid(reason);
        }

        return await Keep(survey, submission, deed, cancellationToken);
    }

    private async Task<SurveyResult> Keep(SurveyRecord survey, SurveySubmission submission, Deed deed, CancellationToken cancellationToken)
    {
        SurveySigner[] signers = [.. submission.Signatures.Select((signature, index) => new SurveySigner
        {
            Id = $"{survey.Id}-{index + 1}",
            SurveyId = survey.Id,
            StaffId = signature.StaffId,
            SignedAt = signature.SignedAt,
            Device = signature.Device
        })];
        await context.InsertAll(signers, cancellationToken);
        var kept = survey with
        {
            Status = SurveyStatus.Submitted,
            SubmittedAt = deed.At,
            FailedIndicators = [.. submission.FailedIndicators.Distinct()],
            Answers = submission.Answers,
            Opinion = submission.Opinion,
            RecommendedItems = [.. submission.RecommendedItems],
            FamilySigner = submission.FamilySigner,
            FamilyRefusal = submission.FamilyRefusal,
            Place = submission.Place,
            PhotoCount = submission.PhotoCount,
            Flags = [.. Suspicions(submission.Signatures)]
        };
        await context.Replace(kept, cancellationToken);
        await context.Audit(AuditTrail.Case(kept.CaseId), new AuditDetail("SurveySubmitted",
            new { kept.Version, kept.Opinion, Signers = signers.Select(signer => signer.StaffId), kept.Flags }), deed, cancellationToken);
        return new SurveyResult.Valid(kept.Id, kept.Flags);
    }

    private static string? Problem(SurveyRecord survey, SurveySubmission submission)
    {
        var signers = submission.Signatures.Select(signature => signature.StaffId).ToList();
        if (signers.Distinct().Count() < 2 || signers.Distinct().Count() != signers.Count)
            return "SignersNotDistinct";
        if (signers.Except(survey.Team).Any())
            return "SignerNotAssigned";
        if (submission is { FamilySigner: null, FamilyRefusal: null })
            return "HouseholdMissing";
        if (submission.FailedIndicators.Except(SelfCare.Indicators).Any())
            return "IndicatorsUnknown";
        return submission.PhotoCount == 0 && survey.Mode != SurveyMode.Remote ? "NoPhotographs" : null;
    }

    private static IEnumerable<string> Suspicions(IReadOnlyList<SignatureEntry> signatures)
    {
        if (signatures.Select(signature => signature.Device).Distinct().Count() == 1)
            yield return "SameDevice";
        if (signatures.Max(signature => signature.SignedAt) - signatures.Min(signature => signature.SignedAt) < TooFast)
            yield return "SignedTooFast";
    }

    private async Task<SurveyRecord?> Locked(string surveyId, CancellationToken cancellationToken)
    {
        return await context.Locked<SurveyRecord>(surveyId).SingleOrDefaultAsync(cancellationToken);
    }
}
