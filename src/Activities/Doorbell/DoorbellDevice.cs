namespace Relief.Flow.Activities.Doorbell;

/// <summary>A love doorbell (爱心门铃) at a household: what it is, whether it can be heard, and who may speak for it.</summary>
public sealed record DoorbellDevice
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What is printed on it; unique.</summary>
    public required string Serial { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The household it rings for.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>The resident it was given to.</summary>
    public string? PersonId { get; init; }

    /// <summary>Where responders go, as they call it; no name, no illness.</summary>
    public required string Place { get; init; }

    /// <summary>The state; being away is a flag beside it, because it still alarms.</summary>
    public required DeviceStatus Status { get; init; }

    /// <summary>The gateway that speaks for it; none when it signs itself.</summary>
    public string? GatewayId { get; init; }

    /// <summary>What it signs with, encrypted.</summary>
    public string? SecretSealed { get; init; }

    /// <summary>When it was last heard.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Percent, as it said last.</summary>
    public int? Battery { get; init; }

    /// <summary>The strength of its radio in dBm, as it said last.</summary>
    public int? Signal { get; init; }

    /// <summary>The last test press that a responder heard.</summary>
    public DateTimeOffset? LastTestAt { get; init; }

    /// <summary>Since when it counts.</summary>
    public DateTimeOffset? CommissionedAt { get; init; }

    /// <summary>The resident is in hospital or travelling until then: a flag for whoever answers, never a reason not to ring (E21).</summary>
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>A child lives here alone: a vetted responder or two people (E10).</summary>
    public bool ChildAlone { get; init; }

    /// <summary>The resident's language.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>For the acceptor alone, encrypted; each view is audited.</summary>
    public string? MedicalNoteSealed { get; init; }

    /// <summary>Keys and access, encrypted; for the acceptor alone.</summary>
    public string? AccessNoteSealed { get; init; }

    /// <summary>Its own seconds of the ladder over the county's, as JSON.</summary>
    public string Profile { get; init; } = "{}";

    /// <summary>The procedure that looks after it.</summary>
    public string? InstanceId { get; init; }
}
