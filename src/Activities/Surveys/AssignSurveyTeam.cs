using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Has the township choose two distinct, qualified surveyors and a time (P04 step 1, CZ-042).</summary>
/// <remarks>
/// Delegated: a village worker and an assistant. By the township: any two of its surveyors. By phone or video only while emergency mode holds
/// where the person lives (E24), or where an infection is known (E11).
/// </remarks>
[Activity("Relief Survey", "Has the township choose two surveyors and a time.", Chinese = "指派调查小组", Waits = true)]
[Outcomes(Assigned)]
public sealed class AssignSurveyTeam(ReliefDatabase database) : Activity
{
    private const string Assigned = nameof(Assigned);
    private const string Kind = "survey-team";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("Staff who may not survey.", Chinese = "回避人员")]
    public string[] Excluded { get; init; } = [];

    [Output("The two surveyors.", Chinese = "调查小组")]
    public string[] Team { get; private set; } = [];

    [Output("Delegated, Township or Remote.", Chinese = "调查方式")]
    public string Mode { get; private set; } = nameof(SurveyMode.Delegated);

    [Output("The time agreed with the person.", Chinese = "约定时间")]
    public DateTimeOffset? AppointmentAt { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var first = (await new SurveyQueries(records).Of(CaseId, cancellationToken)).Count == 0 && Excluded.Length == 0;
        var deadline = await desk.Deadline(scene, "survey.start", first ? scene.Case.AcceptedAt ?? context.Now : context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(null), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var choice = decision.Form<Choice>() ?? new Choice();
        if (await Problem(records, scene, (choice, ChinaTime.DayOf(context.Now)), cancellationToken) is { } problem)
            return await KeepWaiting([CaseDesk.Again(scene, Work(problem), wakeup)]);
        Team = [.. choice.Team];
        Mode = choice.Mode.ToString();
        AppointmentAt = choice.AppointmentAt;
        return await Complete(Assigned);
    }

    private async Task<string?> Problem(ReliefDbContext records, CaseScene scene, (Choice Choice, DateOnly Today) of, CancellationToken cancellationToken)
    {
        var choice = of.Choice;
        if (choice.Team.Distinct().Count() < 2 || choice.Team.Distinct().Count() != choice.Team.Count)
            return "TwoSurveyorsNeeded";
        if (choice.Team.Intersect(Excluded).Any())
            return "ConflictOfInterest";
        if (choice.Mode == SurveyMode.Remote && !await MayBeRemote(records, scene.Case, of.Today, cancellationToken))
            return "RemoteNotAllowed";
        var staff = new StaffQueries(records);
        var day = ChinaTime.DayOf(scene.Case.AcceptedAt ?? scene.Case.OpenedAt);
        if (choice.Mode != SurveyMode.Delegated)
            return choice.Team.Except(await Holders(ReliefRoles.Surveyor)).Any() ? "NotASurveyor" : null;
        var village = choice.Team.Intersect(await Holders(ReliefRoles.VillageWorker)).Any();
        var assistant = choice.Team.Intersect(await Holders(ReliefRoles.Assistant)).Any();
        return village && assistant ? null : "VillageWorkerAndAssistantNeeded";

        async Task<IEnumerable<string>> Holders(string role) =>
            (await staff.With(role, scene.Case.AreaCode, day, cancellationToken)).Select(member => member.Id);
    }

    private static async Task<bool> MayBeRemote(ReliefDbContext records, Case about, DateOnly day, CancellationToken cancellationToken) =>
        await new ParameterQueries(records).IsOn("emergency.mode", about.AreaCode, day, cancellationToken)
        || (await new PersonQueries(records).Facts(about.PersonId, day, cancellationToken))!.Conditions.Any(condition => condition.Kind == ConditionKind.Infectious);

    private DeskWork Work(string? problem) => new()
    {
        Title = "指派调查小组",
        Kind = Kind,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Assigned],
        Form =
        [
            FormField.Of("team", "调查人员(两人以上)", "array", Assigned), FormField.Of("mode", "调查方式", "string").OneOf(Enum.GetNames<SurveyMode>()),
            FormField.Of("appointmentAt", "约定时间", "string", Assigned)
        ],
        Data = Json(new { excluded = Excluded, problem })
    };

    private sealed record Choice
    {
        public IReadOnlyList<string> Team { get; init; } = [];

        public SurveyMode Mode { get; init; }

        public DateTimeOffset? AppointmentAt { get; init; }
    }
}
