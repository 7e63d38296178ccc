using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>The county visits the household of a relative of relief staff and says whether it agrees with the survey (E09, SC-06).</summary>
[Activity("Relief Survey", "The county visits the household of a relative of relief staff.", Chinese = "县级入户核查", Waits = true, Investigates = true)]
[Outcomes(Agrees, Differs)]
[ChangesRecords]
public sealed class CountySurvey(ReliefDatabase database) : Activity
{
    private const string Agrees = nameof(Agrees);
    private const string Differs = nameof(Differs);
    private const string Kind = "county-survey";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        if (!scene.Case.Flags.Contains(KinFlags.CountySurveyDue))
            return await Complete(Agrees);
        var deadline = await desk.Deadline(scene, "survey.complete", context.Now, cancellationToken);
        var kin = await new StaffQueries(records).Conflicts(scene.Case.PersonId, await AllStaff(records, scene, cancellationToken), cancellationToken);
        var work = new DeskWork
        {
            Title = "县级入户核查",
            Kind = Kind,
            Role = ReliefRoles.CountyOfficer,
            Outcomes = [Agrees, Differs],
            Form = [FormField.Of("note", "核查意见", "string", Agrees, Differs)],
            Excluded = [.. kin.Select(row => row.StaffId)]
        };
        return await WaitAt(CaseDesk.Bookmarks(scene, work, deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var deed = Deed.Of(context, wakeup, decision.By);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("CountySurveyed", new { decision.Outcome, decision.Form<Opinion>()?.Note }), deed, cancellationToken);
        await new CaseBook(records).Flag(CaseId, KinFlags.CountySurveyDue, false, deed.Step("done"), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private static async Task<string[]> AllStaff(ReliefDbContext records, CaseScene scene, CancellationToken cancellationToken)
    {
        var officers = await new StaffQueries(records).With(ReliefRoles.CountyOfficer, scene.County, Calendar.ChinaTime.DayOf(scene.Case.OpenedAt), cancellationToken);
        return [.. officers.Select(member => member.Id)];
    }

    private sealed record Opinion(string? Note);
}
