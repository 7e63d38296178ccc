using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Looks at the alert that was written before its device was answered, and tells the resident that help is called (A45).</summary>
/// <remarks>It only reads, so nothing stands between the press and the first ring: both are one transaction.</remarks>
[ReadsRecords]
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
        await using var records = database.Reading(context);
        if (await AlertScene.Read(records, AlertId, cancellationToken) is not { } scene)
            return new Completed(UnknownDevice);
        List<Message> told = [RingWriter.ToResident(scene, "doorbell.called")];
        var data = new { alert = scene.Alert.Id, place = scene.Device.Place };
        if (scene.Alert.Storm && await Begins(records, scene.Alert, cancellationToken))
            told.Add(Tell.Unit("doorbell.storm", "K", scene.Alert.CountyCode, data));
        if (scene.Alert.ChildAlone)
            told.Add(Tell.Unit("doorbell.childAlone", "K", scene.Alert.CountyCode, data));
        return new Completed(Raised) { Send = [.. told] };
    }

    // The coordinator is called when a storm begins, not once for each of its alerts, which the board marks. Of several at one moment the first by id begins it.
    private static async Task<bool> Begins(ReliefDbContext records, Alert alert, CancellationToken cancellationToken)
    {
        var since = alert.RaisedAt - AlertIntake.StormSpan;
#pragma warning disable CA1309, CA1310, CA1307 // translated into the database's own comparison of ids, which are plain ASCII
        return !await records.Set<Alert>().AnyAsync(row => row.CountyCode == alert.CountyCode && row.RaisedAt > since && row.Storm
            && (row.RaisedAt < alert.RaisedAt || (row.RaisedAt == alert.RaisedAt && row.Id.CompareTo(alert.Id) < 0)), cancellationToken);
#pragma warning restore CA1309, CA1310, CA1307
    }
}
