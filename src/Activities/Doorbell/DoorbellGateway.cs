namespace Relief.Flow.Activities.Doorbell;

/// <summary>A gateway that speaks for many devices and signs for them.</summary>
public sealed record DoorbellGateway
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>What it signs with, encrypted.</summary>
    public required string SecretSealed { get; init; }

    /// <summary>False when it may speak no more.</summary>
    public required bool Active { get; init; }
}
