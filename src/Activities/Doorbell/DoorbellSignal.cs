namespace Relief.Flow.Activities.Doorbell;

/// <summary>A signal that was taken in: its nonce is never taken again.</summary>
public sealed record DoorbellSignal
{
    /// <summary>Device and nonce.</summary>
    public required string Id { get; init; }

    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>press, cancel, heartbeat, lowBattery, tamper, test.</summary>
    public required string Kind { get; init; }

    /// <summary>When the device says that it sent it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The alert it raised or joined.</summary>
    public string? AlertId { get; init; }
}
