using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Somebody calls or visits after an alert: within 2 hours when it was medical, else within 24 (P22). The clock is calendar time.</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "Somebody calls or visits after an alert.", Chinese = "告警回访", Waits = true)]
[Outcomes(Seen, NeedsHelp)]
public sealed class AlertFollowUp(ReliefDatabase database) : Activity
{
    private const string Seen = nameof(Seen);
    private const string NeedsHelp = nameof(NeedsHelp);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var isMedical = scene.Alert.Outcome == AlertOutcome.Medical;
        var from = scene.Alert.ResolvedAt ?? context.Now;
        var deadline = await new Deadlines(records).Of(isMedical ? "doorbell.followUp.medical" : "doorbell.followUp", scene.Alert.AreaCode, from, cancellationToken);
        var township = await scene.Township(records, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = isMedical ? "门铃告警电话回访" : "门铃告警回访",
            Kind = "doorbell-follow-up",
            Role = ReliefRoles.VillageWorker,
            Unit = scene.Alert.AreaCode,
            Subject = AlertBook.Chain(AlertId),
            Outcomes = [Seen, NeedsHelp],
            Form = [new FormField("note", "说明", "string", [NeedsHelp])],
            Data = Json(new { scene.Device.Place }),
            Priority = isMedical ? 95 : 80
        })])
        {
            Send = [Tell.Unit("doorbell.followUp", "V", township, new { alert = AlertId, place = scene.Device.Place })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var township = await scene.Township(records, cancellationToken);
        var data = new { alert = AlertId, place = scene.Device.Place };
        if (wakeup.As<TaskDecision>() is not { } decision)
            return new Waiting([]) { Send = [Tell.Unit("doorbell.followUp", "V", township, data)] };
        await records.Audit(AlertBook.Chain(AlertId), new AuditDetail("FollowedUp", new { decision.Outcome }), Deed.Of(context, wakeup, decision.By), cancellationToken);
        return new Completed(decision.Outcome) { Send = decision.Outcome == NeedsHelp ? [Tell.Unit("doorbell.needsHelp", "C", township, data)] : [] };
    }
}
