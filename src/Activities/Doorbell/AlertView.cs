namespace Relief.Flow.Activities.Doorbell;

/// <summary>An alert as the duty desk sees it: no medical note, no phone number.</summary>
/// <param name="Status">The state; <c>SelfCancelPending</c> while a cancellation waits for a named human.</param>
/// <param name="NextAt">When the ladder takes its next step, or the way has taken too long; none once it has ended.</param>
/// <param name="ResponseSeconds">From the press to the first acceptance.</param>
/// <param name="ArrivalSeconds">From the press to the first arrival.</param>
public sealed record AlertView(
    string Id, string DeviceId, string Serial, string Place, string AreaCode, string Kind, string Status, int Tier, DateTimeOffset RaisedAt, DateTimeOffset? NextAt)
{
    /// <summary>Further presses that were merged.</summary>
    public required int MergedCount { get; init; }

    /// <summary>The responder who leads.</summary>
    public string? Accepter { get; init; }

    /// <summary>When the first accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the first was there.</summary>
    public DateTimeOffset? OnSceneAt { get; init; }

    /// <inheritdoc cref="AlertView"/>
    public double? ResponseSeconds => (AcceptedAt - RaisedAt)?.TotalSeconds;

    /// <inheritdoc cref="AlertView"/>
    public double? ArrivalSeconds => (OnSceneAt - RaisedAt)?.TotalSeconds;

    /// <summary>A cancellation waits to be verified, or was.</summary>
    public DateTimeOffset? SelfCancelledAt { get; init; }

    /// <summary>120, 110 or 119, and the reference.</summary>
    public string? EmergencyCall { get; init; }

    /// <inheritdoc cref="EmergencyCall"/>
    public string? EmergencyRef { get; init; }

    /// <summary>When an emergency line was called.</summary>
    public DateTimeOffset? EmergencyAt { get; init; }

    /// <summary>Why none was called.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>Since when nobody had taken it.</summary>
    public DateTimeOffset? UnansweredAt { get; init; }

    /// <summary>How it ended.</summary>
    public AlertOutcome? Outcome { get; init; }

    /// <summary>The named human who said so.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When it was reviewed and closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>It came in a storm.</summary>
    public bool Storm { get; init; }

    /// <summary>A vetted responder or two people.</summary>
    public bool ChildAlone { get; init; }

    /// <summary>The resident was said to be away; it alarms all the same.</summary>
    public bool Away { get; init; }

    /// <summary>Who was rung, in order.</summary>
    public required IReadOnlyList<RingView> Rings { get; init; }

    /// <summary>Who took it, in order.</summary>
    public required IReadOnlyList<AlertResponder> Responders { get; init; }

    /// <summary>Who did what and when.</summary>
    public IReadOnlyList<AlertEntry> Timeline { get; init; } = [];
}

/// <summary>One ring.</summary>
public sealed record RingView(
    string Id, string LinkId, string Name, string Target, string Channel, int Tier, int Round, DateTimeOffset SentAt, string SentBy,
    DateTimeOffset? ReceiptAt, string? ReceiptState, string? Response, DateTimeOffset? RespondedAt);

/// <summary>One line of an alert's audit chain.</summary>
public sealed record AlertEntry(string What, string By, DateTimeOffset At, string Detail);
