using Relief.Flow.Activities.Audit;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Notes that a device is silent, low on battery or tampered with, and tells the township (P22, fault branch).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "Notes a device's fault and tells the township.", Chinese = "登记设备故障")]
[Outcomes(Silent, LowBattery, Tamper)]
public sealed class DeviceFault(ReliefDatabase database) : Activity
{
    private const string Silent = nameof(Silent);
    private const string LowBattery = nameof(LowBattery);
    private const string Tamper = nameof(Tamper);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    [Input("silent, lowBattery or tamper.", Chinese = "故障类型")]
    public required string Kind { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        await scene.Set(records, DeviceStatus.Faulty, cancellationToken);
        await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("DeviceFaulty", new { Kind }), Deed.Of(context), cancellationToken);
        return new Completed(Kind switch { "lowBattery" => LowBattery, "tamper" => Tamper, _ => Silent }) { Send = [scene.TellTownship("doorbell.fault")] };
    }
}
