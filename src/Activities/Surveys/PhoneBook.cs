using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Surveys;

/// <summary>What surveyors' phones need and send: the surveys given to them, drafts, and receipts (S04).</summary>
public sealed class PhoneBook(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>The surveys that wait for a surveyor, by the time agreed; with the name and village, which only the team gets.</summary>
    public async Task<IReadOnlyList<AssignedSurvey>> Assigned(string staffId, CancellationToken cancellationToken)
    {
        // The team is a list in one column: the few open surveys are looked through here.
        var open = await (from survey in context.Set<SurveyRecord>()
                          where survey.Status == SurveyStatus.Assigned
                          join found in context.Set<Case>() on survey.CaseId equals found.Id
                          join person in context.Set<Person>() on found.PersonId equals person.Id
                          join area in context.Set<AreaUnit>() on found.AreaCode equals area.Code
                          select new { survey, found.Number, person.Name, Village = area.Name, area.Code }).ToListAsync(cancellationToken);
        return [.. open.Where(row => row.survey.Team.Contains(staffId)).OrderBy(row => row.survey.AppointmentAt ?? row.survey.CreatedAt)
            .Select(row => new AssignedSurvey(row.survey.Id, row.survey.CaseId, row.Number, row.Name, row.Code, row.Village, row.survey.AppointmentAt, row.survey.Mode, row.survey.TemplateId, row.survey.Team, SelfCare.Indicators))];
    }

    /// <summary>An open survey by its id; none when there is none or it has ended.</summary>
    public Task<SurveyRecord?> Open(string surveyId, CancellationToken cancellationToken) =>
        context.Set<SurveyRecord>().FirstOrDefaultAsync(row => row.Id == surveyId && row.Status == SurveyStatus.Assigned, cancellationToken);

    /// <summary>A survey that was given to a surveyor, open or ended; none when it never was.</summary>
    public async Task<SurveyRecord?> Given(string surveyId, string staffId, CancellationToken cancellationToken) =>
        await context.Set<SurveyRecord>().FirstOrDefaultAsync(row => row.Id == surveyId, cancellationToken) is { } survey && survey.Team.Contains(staffId) ? survey : null;

    /// <summary>The open survey of a case by the case's number, as other apps name it.</summary>
    public async Task<SurveyRecord?> OpenOf(string caseNumber, CancellationToken cancellationToken) =>
        await (from survey in context.Set<SurveyRecord>()
               join found in context.Set<Case>() on survey.CaseId equals found.Id
               where found.Number == caseNumber && survey.Status == SurveyStatus.Assigned
               select survey).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A surveyor's draft as it was kept; null without one.</summary>
    public async Task<(SurveyDraft Draft, string Content)?> Draft(string surveyId, string staffId, CancellationToken cancellationToken) =>
        await context.Set<SurveyDraft>().FirstOrDefaultAsync(row => row.Id == IdOf(surveyId, staffId), cancellationToken) is { } draft ? (draft, key.Open(draft.ContentSealed)) : null;

    /// <summary>Keeps a draft; false when a newer one of the same surveyor is kept.</summary>
    public async Task<bool> Keep(SurveyRecord survey, (string Device, DateTimeOffset Time, string Content) filled, Deed deed, CancellationToken cancellationToken)
    {
        var id = IdOf(survey.Id, deed.By);
        await context.LockWord("draft:" + id, cancellationToken);
        var known = await context.Set<SurveyDraft>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (known?.DeviceTime > filled.Time)
            return false;
        var draft = new SurveyDraft
        {
            Id = id, CountyCode = survey.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, SurveyId = survey.Id, Device = filled.Device, DeviceTime = filled.Time, ContentSealed = key.SealText(filled.Content)
        };
        if (known is null)
            await context.Insert(draft, cancellationToken);
        else
            await context.Replace(draft, cancellationToken);
        return true;
    }

    /// <summary>The receipt of a phone's number; none when nothing came under it.</summary>
    public Task<SurveyReceipt?> Receipt(string number, CancellationToken cancellationToken) => context.Set<SurveyReceipt>().FirstOrDefaultAsync(row => row.Id == number, cancellationToken);

    /// <summary>Keeps a receipt once, and forgets the drafts: what was handed in is in the survey.</summary>
    public async Task<SurveyReceipt> Receive(SurveyReceipt receipt, CancellationToken cancellationToken)
    {
        await context.LockWord("survey-receipt:" + receipt.Id, cancellationToken);
        if (await Receipt(receipt.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(receipt, cancellationToken);
        await context.Set<SurveyDraft>().Where(row => row.SurveyId == receipt.SurveyId).ExecuteDeleteAsync(cancellationToken);
        return receipt;
    }

    private static string IdOf(string surveyId, string staffId) => $"{surveyId}:{staffId}";
}

/// <summary>A survey as the phone of a team member gets it.</summary>
/// <param name="Indicators">The self-care indicators that the form asks for.</param>
public sealed record AssignedSurvey(
    string SurveyId, string CaseId, string CaseNumber, string PersonName, string VillageCode, string Village, DateTimeOffset? AppointmentAt, SurveyMode Mode, string TemplateId, IReadOnlyList<string> Team,
    IReadOnlyList<string> Indicators);
