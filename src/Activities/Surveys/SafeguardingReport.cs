using System.Text.Json;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>The county reports abuse, neglect or a child alone to the authority named by law (E18); the clock is calendar time.</summary>
/// <remarks>Where the guardian is alleged, nobody asks them for consent from then on (E10).</remarks>
[Activity("Relief Survey", "The county reports abuse, neglect or a child alone.", Chinese = "侵害强制报告", Waits = true, IsEmergency = true)]
[Outcomes(Reported)]
[ChangesRecords]
public sealed class SafeguardingReport(ReliefDatabase database) : Activity
{
    private const string Reported = nameof(Reported);
    private const string Kind = "safeguarding";
    private const string Guardian = nameof(Guardian);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var person = await new PersonQueries(records).Find(scene.Case.PersonId, cancellationToken);
        var deadline = await desk.Deadline(scene, "welfare.check", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(person!), deadline, context.Now), scene.Overdue(Kind));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var (receipt, deed) = (decision.Form<Receipt>(), Deed.Of(context, wakeup, decision.By));
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("SafeguardingReported", receipt), deed, cancellationToken);
        if (receipt?.Alleged == Guardian)
            await new GuardianBook(records).Allege(scene.Case.PersonId, deed.Step("guardian"), cancellationToken);
        return await Complete(Reported);
    }

    private static DeskWork Work(Person person) => new()
    {
        Title = "侵害强制报告",
        Kind = Kind,
        Role = ReliefRoles.CountyOfficer,
        Outcomes = [Reported],
        Form = [FormField.Of("authority", "受理机关", "string", Reported), FormField.Of("reference", "受理编号", "string", Reported), FormField.Of("alleged", "被指认人", "string").OneOf(Guardian, "Other")],
        Data = JsonSerializer.SerializeToElement(new { guardian = person.Flags.FirstOrDefault(flag => flag == GuardianRule.Alleged) }, JsonSerializerOptions.Web),
        Priority = 100
    };

    private sealed record Receipt(string? Authority, string? Reference, string? Alleged);
}
