namespace Relief.Flow.Activities.Doorbell;

/// <summary>A test press: recorded, and no incident.</summary>
public sealed record HeardTest
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>install, monthly or swap.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was pressed.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The responder links that heard it.</summary>
    public string[] HeardBy { get; init; } = [];

    /// <summary>When it was concluded.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
