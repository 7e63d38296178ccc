using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Reads surveys.</summary>
public sealed class SurveyQueries(ReliefDbContext context)
{
    /// <summary>A case's surveys, newest first.</summary>
    public async Task<IReadOnlyList<SurveyRecord>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<SurveyRecord>().Where(row => row.CaseId == caseId).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);

    /// <summary>The case's submitted survey, or none: what a confirmation rests on (INV-10).</summary>
    public Task<SurveyRecord?> Valid(string caseId, CancellationToken cancellationToken) =>
        context.Set<SurveyRecord>().Where(row => row.CaseId == caseId && row.Status == SurveyStatus.Submitted)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Everyone who signed a survey of the case: none of them decides on it (INV-09).</summary>
    public async Task<IReadOnlyList<string>> SignersOf(string caseId, CancellationToken cancellationToken) =>
        await (from signer in context.Set<SurveySigner>()
               join survey in context.Set<SurveyRecord>() on signer.SurveyId equals survey.Id
               where survey.CaseId == caseId
               select signer.StaffId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);

    /// <summary>A survey's attempts, oldest first.</summary>
    public async Task<IReadOnlyList<SurveyAttempt>> Attempts(string surveyId, CancellationToken cancellationToken) =>
        await context.Set<SurveyAttempt>().Where(row => row.SurveyId == surveyId).OrderBy(row => row.AttemptedAt).ToListAsync(cancellationToken);
}
