using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Raises an alert for a resident who was found in danger, as a press of the button would.</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "Raises an alert, as a press of the button would.", Chinese = "发起门铃告警", IsEmergency = true)]
[Outcomes(Raised)]
public sealed class RaiseAlarm(ReliefDatabase database) : Activity
{
    private const string Raised = nameof(Raised);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    [Output("The alert.", Chinese = "告警")]
    public string? AlertId { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var signal = new SignalEntry(DeviceId, context.KeyFor("signal").ToString("N"), "welfare", context.Now) { AlertId = context.KeyFor("alert") };
        var taken = await new AlertIntake(records).Press(signal, Deed.Of(context), cancellationToken);
        AlertId = taken.Alert!.Id;
        return new Completed(Raised)
        {
            Send =
            [
                taken.Result == SignalResult.Raised
                    ? Message.Of(new ChildStart(signal.AlertId, "procedure.doorbell", Json(new { alertId = AlertId }), CorrelationId: AlertBook.Chain(AlertId)))
                    : Message.Of(new EventPublished(AlertBook.Changed(AlertId), null, Json(new { what = "merged" })))
            ]
        };
    }
}
