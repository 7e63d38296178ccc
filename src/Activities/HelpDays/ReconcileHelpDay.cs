using System.Text.Json;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>In the evening the county looks through what the desks have written down: sums of rows and links, which nobody can type (P30).</summary>
[ChangesRecords]
[Activity("Relief Help day", "Has the county reconcile a help day in the evening.", Chinese = "当晚核对", Waits = true)]
[Outcomes("Reconciled")]
public sealed class ReconcileHelpDay : AskedStep<HelpDayScene>
{
    [Input("The help day.", Chinese = "集中帮办日")]
    public required string HelpDayId { get; init; }

    protected override Task<HelpDayScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => HelpDayScene.Of(db, HelpDayId, context, cancellationToken);

    protected override async Task<Question> Ask(HelpDayScene scene, CancellationToken cancellationToken) =>
        new("helpday.reconcile", "核对集中帮办日", ReliefRoles.CountyOfficer, scene.Day.CountyCode)
        {
            Outcomes = ["Reconciled"], Form = [FormField.Of("remark", "说明", "string")], Data = await new HelpDayQueries(scene.Db).Report(HelpDayId, cancellationToken), DueKey = "helpday.reconcile", Audience = "K"
        };

    protected override async Task<StepEnd> Decide(HelpDayScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Data.ValueKind == JsonValueKind.Object && answer.Data.EnumerateObject().Any(member => member.Name != "remark"))
            return StepEnd.Not("TotalsAreCounted");
        await new HelpDayBook(scene.Db).To(HelpDayId, HelpDayStatus.Reconciled, scene.Context.DeedOf("reconcile", answer.By), cancellationToken);
        var report = await new HelpDayQueries(scene.Db).Report(HelpDayId, cancellationToken);
        return StepEnd.By("Reconciled", scene.ToCounty("helpday.report", new { day = scene.Title, report.Leaflets, report.Consultations, report.Applications, report.Escalations, report.Mandates, report.Open }));
    }

    protected override IEnumerable<Message> Nudges(HelpDayScene scene, Question question, bool isLate) => [scene.ToCounty("helpday.remind")];
}
