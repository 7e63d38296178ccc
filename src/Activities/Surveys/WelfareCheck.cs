using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>The village looks for a person whom nobody found at home; within 4 hours when the person lives alone (E06, SC-08).</summary>
/// <remarks>For someone who lives alone the clock is calendar time: it runs over nights and holidays.</remarks>
[Activity("Relief Survey", "The village looks for a person whom nobody found at home.", Chinese = "平安核查", Waits = true, IsEmergency = true)]
[Outcomes(AtHome, InHospital, NotFound)]
[ChangesRecords]
public sealed class WelfareCheck(ReliefDatabase database) : Activity
{
    private const string AtHome = nameof(AtHome);
    private const string InHospital = nameof(InHospital);
    private const string NotFound = nameof(NotFound);
    private const string Kind = "welfare-check";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Output("Where the person can be surveyed: home or ward.", Chinese = "地点")]
    public string Place { get; private set; } = "home";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, today, cancellationToken);
        var alone = facts?.Conditions.Any(condition => condition.Kind == ConditionKind.LivingAlone) == true;
        var deadline = await desk.Deadline(scene, alone ? "welfare.check" : "welfare.check.unhurried", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(alone ? 95 : 50), deadline, context.Now), scene.Reminder(Kind));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var deed = Deed.Of(context, wakeup, decision.By);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("WelfareChecked", new { decision.Outcome }), deed, cancellationToken);
        await new CaseBook(records).Flag(CaseId, "HospitalStay", decision.Outcome == InHospital, deed.Step("stay"), cancellationToken);   // E21
        Place = decision.Outcome == InHospital ? "ward" : "home";
        return await Complete(decision.Outcome);
    }

    private static DeskWork Work(int priority) => new()
    {
        Title = "平安核查",
        Kind = Kind,
        Role = ReliefRoles.VillageWorker,
        Outcomes = [AtHome, InHospital, NotFound],
        Form = [FormField.Of("note", "说明", "string")],
        Priority = priority
    };
}
