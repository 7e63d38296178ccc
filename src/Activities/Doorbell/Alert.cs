namespace Relief.Flow.Activities.Doorbell;

/// <summary>One emergency at one household, from the press to the review. Its row is on disk before anybody is rung (INV-21).</summary>
public sealed record Alert
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The resident.</summary>
    public string? PersonId { get; init; }

    /// <summary>When the press came: the ladder counts from here.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>press, scaip, manual, test or welfare.</summary>
    public required string Kind { get; init; }

    /// <summary>The state.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>The highest tier that has been rung.</summary>
    public int Tier { get; init; }

    /// <summary>How many rounds have been rung.</summary>
    public int Round { get; init; }

    /// <summary>Further presses that were merged into it.</summary>
    public int MergedCount { get; init; }

    /// <summary>How often the next tier was asked for at once: by a further press or by the duty desk.</summary>
    public int Pushes { get; init; }

    /// <summary>The responder link that leads.</summary>
    public string? AccepterId { get; init; }

    /// <summary>When the first of all accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the first was there.</summary>
    public DateTimeOffset? OnSceneAt { get; init; }

    /// <summary>Door locked, no voice: since when.</summary>
    public DateTimeOffset? NoEntryAt { get; init; }

    /// <summary>The cancel key was pressed or the resident said so: to be verified by a named human.</summary>
    public DateTimeOffset? SelfCancelledAt { get; init; }

    /// <summary>120, 110 or 119.</summary>
    public string? EmergencyCall { get; init; }

    /// <summary>The reference that the emergency line gave.</summary>
    public string? EmergencyRef { get; init; }

    /// <summary>Who called.</summary>
    public string? EmergencyBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EmergencyAt { get; init; }

    /// <summary>Why the duty desk did not call, as it said last.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>When the duty desk last decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Since when nobody had taken it.</summary>
    public DateTimeOffset? UnansweredAt { get; init; }

    /// <summary>How it ended.</summary>
    public AlertOutcome? Outcome { get; init; }

    /// <summary>What the named human added; no illness.</summary>
    public string? OutcomeNote { get; init; }

    /// <summary>The named human.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>voice or sight.</summary>
    public string? ResolvedHow { get; init; }

    /// <summary>When it ended; open until then.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who reviewed it.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The procedure that runs it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>When the procedure first rang; the fallback notifier rings when this stays empty.</summary>
    public DateTimeOffset? PickedUpAt { get; init; }

    /// <summary>When the fallback notifier last rang.</summary>
    public DateTimeOffset? FallbackAt { get; init; }

    /// <summary>It came in a storm: more than <c>doorbell.storm</c> in ten minutes in the county.</summary>
    public bool Storm { get; init; }

    /// <summary>A vetted responder or two people.</summary>
    public bool ChildAlone { get; init; }

    /// <summary>The seconds of the ladder that hold for it, as JSON: the parameter values used.</summary>
    public required string Seconds { get; init; }
}
