namespace Relief.Flow.Activities.Doorbell;

/// <summary>What a device or a gateway sent, after its signature was found good.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Nonce">Never used twice by one device.</param>
/// <param name="Kind">press, cancel, heartbeat, lowBattery, tamper, test, scaip, manual, welfare.</param>
/// <param name="SentAt">The device's time.</param>
public sealed record SignalEntry(string DeviceId, string Nonce, string Kind, DateTimeOffset SentAt)
{
    /// <summary>Percent.</summary>
    public int? Battery { get; init; }

    /// <summary>dBm.</summary>
    public int? Signal { get; init; }

    /// <summary>Decided by whoever takes it in, so that alert and procedure have one id.</summary>
    public Guid AlertId { get; init; }
}
