using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The county reviews an alert by the next 09:00, at most 24 hours later, and signs it; only then it is closed (A49, INV-21).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "The county reviews an alert and signs it.", Chinese = "告警复盘", Waits = true)]
[Outcomes(Reviewed)]
public sealed class AlertReview(ReliefDatabase database) : Activity
{
    private const string Reviewed = nameof(Reviewed);
    private static readonly TimeOnly Morning = new(9, 0);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var due = ChinaTime.At(today, Morning) > context.Now ? ChinaTime.At(today, Morning) : ChinaTime.At(today.AddDays(1), Morning);
        return await WaitAt(
        [
            Bookmark.For("task", new HumanTask
            {
                Title = "门铃告警复盘",
                Kind = "doorbell-review",
                Role = ReliefRoles.CountyOfficer,
                Unit = scene.Alert.CountyCode,
                Subject = AlertBook.Chain(AlertId),
                Excluded = scene.Alert.ResolvedBy is { } by ? [by] : [],
                Outcomes = [Reviewed],
                Form = [new FormField("note", "复盘意见", "string", [Reviewed])],
                Data = Json(new { scene.Device.Place, scene.Alert.Outcome, scene.Alert.Tier, scene.Alert.MergedCount, raisedAt = scene.Alert.RaisedAt }),
                Due = due,
                Priority = 70
            }),
            Bookmark.Timer("task.due", due)
        ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, Tell.Unit("doorbell.reviewDue", "K", scene.Alert.CountyCode, new { alert = AlertId }));
        await records.Replace(scene.Alert with { Status = AlertStatus.Closed, ReviewedBy = decision.By, ReviewedAt = context.Now, ClosedAt = context.Now }, cancellationToken);
        await records.Audit(AlertBook.Chain(AlertId), new AuditDetail("AlertReviewed"), Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(Reviewed);
    }
}
