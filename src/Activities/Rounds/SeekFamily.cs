using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>The village looks for a family whom nobody found at home twice; within 4 hours, by night too, when the person lives alone (E06, P18 step 2).</summary>
[ChangesRecords]
[Activity("Relief Visits", "The village looks for a family whom nobody found at home twice.", Chinese = "走访无人平安核查", Waits = true, IsEmergency = true)]
[Outcomes("AtHome", "InHospital", "NotFound")]
public sealed class SeekFamily : AskedStep<VisitScene>
{
    [Input("The report.", Chinese = "走访记录")]
    public required string ReportId { get; init; }

    protected override async Task<VisitScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        new(db, await new VisitDesk(db).Get(ReportId, cancellationToken), context);

    protected override async Task<Question> Ask(VisitScene scene, CancellationToken cancellationToken)
    {
        var facts = await new PersonQueries(scene.Db).Facts(scene.Report.PersonId, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        var isAlone = facts?.Conditions.Any(condition => condition.Kind == ConditionKind.LivingAlone) == true;
        return new Question("welfare-check", "平安核查", ReliefRoles.VillageWorker, scene.Report.AreaCode)
        {
            Outcomes = ["AtHome", "InHospital", "NotFound"], Form = [FormField.Of("note", "说明", "string")], Data = new { scene.Report.PersonId },
            DueKey = isAlone ? "welfare.check" : "welfare.check.unhurried", Audience = "V", Send = [Tell.Unit("visit.seek", "V", scene.Report.AreaCode, new { visit = scene.Report.VisitId })]
        };
    }

    protected override async Task<StepEnd> Decide(VisitScene scene, Answer answer, CancellationToken cancellationToken)
    {
        await scene.Db.Audit(scene.Subject, new AuditDetail("WelfareChecked", new { answer.Decision }), scene.Context.DeedOf("seek", answer.By), cancellationToken);
        return answer.Decision == "InHospital"
            ? StepEnd.By(answer.Decision, FollowVisit.ChangeOf(scene.Report, new SeenChange("Hospital", answer.Text("note") ?? "住院")))
            : StepEnd.By(answer.Decision);
    }

    protected override IEnumerable<Message> Nudges(VisitScene scene, Question question, bool isLate) => isLate
        ? [Tell.Unit("visit.seek", "V", scene.Report.AreaCode, new { visit = scene.Report.VisitId }), Tell.Unit("visit.notFound", "K", scene.CountyCode, new { visit = scene.Report.VisitId })]
        : [Tell.Unit("visit.seek", "V", scene.Report.AreaCode, new { visit = scene.Report.VisitId })];
}
