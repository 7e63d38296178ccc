using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Asks the clerk to call 120 or 110 at once when a life is at risk, and keeps who called and under which reference.</summary>
/// <remarks>The clock is calendar time: safety deadlines never move. After it the county is told, and the prompt stays.</remarks>
[Activity("Relief Intake", "Asks the clerk to call 120 or 110 at once.", Chinese = "生命危险呼救", Waits = true, IsEmergency = true)]
[Outcomes(Called, NotNeeded)]
[ChangesRecords]
public sealed class EmergencyPrompt(ReliefDatabase database) : Activity
{
    private const string Called = nameof(Called);
    private const string NotNeeded = nameof(NotNeeded);
    private const string Kind = "life-at-risk";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Flag(CaseId, "LifeAtRisk", true, Deed.Of(context), cancellationToken);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var minutes = await new ParameterQueries(records).Whole(
            "hotline.transfer.lifeAtRisk", scene.Case.AreaCode, ChinaTime.DayOf(context.Now), cancellationToken);
        var due = context.Now.AddMinutes(minutes);
        return await WaitAt(
            [Bookmark.For("task", scene.Task(Work() with { Due = due })), Bookmark.Timer("task.due", due)],
            Tell.Unit("intake.lifeAtRisk", "C", scene.Township, new { caseNumber = scene.Case.Number }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var call = decision.Form<Call>();
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("Emergency" + decision.Outcome, new { call?.Reference, call?.Reason }),
            Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private static DeskWork Work() => new()
    {
        Title = "立即拨打120/110",
        Kind = Kind,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Called, NotNeeded],
        Form = [FormField.Of("reference", "回执号", "string", Called), FormField.Of("reason", "原因", "string", NotNeeded)],
        Priority = 100
    };

    private sealed record Call(string? Reference, string? Reason);
}
