using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Looks at the alert that was written before its device was answered, and tells the resident that help is called (A45).</summary>
/// <remarks>It only reads, so nothing stands between the press and the first ring.</remarks>
[Activity("Relief Doorbell", "Takes up an alert and tells the resident that help is called.", Chinese = "门铃告警")]
[Outcomes(Raised, Merged, FaultOnly, UnknownDevice, Optional = [Merged, FaultOnly, UnknownDevice])]
public sealed class DoorbellAlert(ReliefDatabase database) : Activity
{
    private const string Raised = nameof(Raised);
    private const string Merged = nameof(Merged);
    private const string FaultOnly = "Fault";
    private const string UnknownDevice = nameof(UnknownDevice);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        if (await AlertScene.Read(records, AlertId, cancellationToken) is not { } scene)
            return new Completed(UnknownDevice);
        List<Message> told = [RingWriter.ToResident(scene, "doorbell.called")];
        var data = new { alert = scene.Alert.Id, place = scene.Device.Place };
        if (scene.Alert.Storm)
            told.Add(Tell.Unit("doorbell.storm", "K", scene.Alert.CountyCode, data));
        if (scene.Alert.ChildAlone)
            told.Add(Tell.Unit("doorbell.childAlone", "K", scene.Alert.CountyCode, data));
        return new Completed(Raised) { Send = [.. told] };
    }
}
