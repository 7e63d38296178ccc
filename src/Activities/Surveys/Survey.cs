using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>The household survey by two people: attempts, signatures, self-care and the initial-review opinion (A08, P04).</summary>
/// <remarks>
/// Only the team completes it. A survey that is not valid leaves nothing but a flag and is corrected within 2 working days (SC-07);
/// nobody home three times on two days ends it as Unreachable (SC-08). A submitted survey never changes (INV-09). A kinship of one of the team that
/// comes to light meanwhile (<c>kin:{caseId}</c>) ends it as Conflict: a colleague takes the place (E09).
/// </remarks>
[Activity("Relief Survey", "Two people survey the household, sign and give their opinion.", Chinese = "入户调查", Waits = true, Investigates = true)]
[Outcomes(nameof(SurveyOpinion.Recommended), nameof(SurveyOpinion.NotRecommended), nameof(SurveyOpinion.Unclear), Unreachable, Refused, Safeguarding, Conflict)]
[ChangesRecords]
public sealed class Survey(ReliefDatabase database) : Activity
{
    private const string Unreachable = nameof(Unreachable);
    private const string Refused = nameof(Refused);
    private const string Safeguarding = nameof(Safeguarding);
    private const string Conflict = nameof(Conflict);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The surveyors, two at least.", Chinese = "调查小组")]
    public required string[] Team { get; init; }

    [Input("Delegated, Township or Remote.", Chinese = "调查方式")]
    public string Mode { get; init; } = nameof(SurveyMode.Delegated);

    [Input("The time agreed with the person.", Chinese = "约定时间")]
    public DateTimeOffset? AppointmentAt { get; init; }

    [Input("The form.", Chinese = "调查表")]
    public string TemplateId { get; init; } = "household-2026";

    [Output("The survey.", Chinese = "调查")]
    public string? SurveyId { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var book = new SurveyBook(records);
        var mode = Enum.TryParse<SurveyMode>(Mode, out var known) ? known : SurveyMode.Delegated;
        var survey = await book.Assign(new SurveyAssignment(CaseId, scene.County, mode, TemplateId, Team), deed, cancellationToken);
        SurveyId = survey.Id;
        await book.Arrange(survey.Id, new SurveyArrangement(AppointmentAt, Team), deed.Step("arrange"), cancellationToken);
        await new CaseBook(records).Move(CaseId, CaseStatus.Surveying, null, deed.Step("case"), cancellationToken);
        var from = survey.Version == 1 ? scene.Case.AcceptedAt ?? context.Now : context.Now;   // a later round has its own time
        var deadline = await desk.Deadline(scene, "survey.complete", from, cancellationToken);
        return await WaitAt([.. CaseDesk.Bookmarks(scene, SurveyForm.Work(survey, null), deadline, context.Now), Bookmark.Event("kin", KinBook.Found(CaseId))], Appointments(scene));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.Kind == BookmarkKind.Event)
            return await Related(records, scene, context, wakeup, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, SurveyForm.Kind));
        var survey = (await new SurveyQueries(records).Of(CaseId, cancellationToken))[0];
        SurveyId = survey.Id;
        var round = new SurveyRound(records, scene, survey, decision);
        var deed = Deed.Of(context, wakeup, decision.By);
        var result = await round.Apply(deed, cancellationToken);
        return result switch
        {
            { Outcome: Refused or Safeguarding or Unreachable } => await Complete(result.Outcome),
            { Outcome: { } opinion } => await Complete(opinion, [scene.ToApplicant("survey.finished", new { caseNumber = scene.Case.Number }), .. await SurveyUpload.Of(records, scene, survey.Id, deed, cancellationToken)]),
            { ToCorrect: true } => await Correct(records, scene, survey, (wakeup, result.Problem!), cancellationToken),
            _ => await KeepWaiting([CaseDesk.Again(scene, SurveyForm.Work(survey, result.Problem), wakeup)])
        };
    }

    private async Task<ActivityResult> Related(ReliefDbContext records, CaseScene scene, ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        (await new StaffQueries(records).Conflicts(scene.Case.PersonId, Team, cancellationToken)).Count > 0
            ? await Complete(Conflict)
            : await KeepWaiting([Bookmark.Event($"kin-{context.KeyFor(wakeup.Bookmark):N}", KinBook.Found(CaseId))]);

    private static async Task<ActivityResult> Correct(
        ReliefDbContext records, CaseScene scene, SurveyRecord survey, (Wakeup Wakeup, string Problem) invalid, CancellationToken cancellationToken)
    {
        var deadline = await new CaseDesk(records).Deadline(scene, "survey.correct", invalid.Wakeup.At, cancellationToken);
        var task = CaseDesk.Again(scene, SurveyForm.Work(survey, invalid.Problem) with { Title = "更正入户调查", Kind = "survey-correction", Due = deadline.Due }, invalid.Wakeup);
        return await KeepWaiting([task, Bookmark.Timer(task.Name + ".due", deadline.Due, deadline.Rule)], Tell.Unit("survey.invalid", "C", scene.Township, new { caseNumber = scene.Case.Number, reason = invalid.Problem }));
    }

    private Message[] Appointments(CaseScene scene)
    {
        var data = new { caseNumber = scene.Case.Number, at = AppointmentAt is { } at ? ChinaTime.Local(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null };
        return [scene.ToPerson("survey.appointment", data), .. Team.Select(member => Tell.Staff("survey.appointment", "V", member, data))];
    }
}
