namespace Relief.Flow.Activities.Doorbell;

/// <summary>One ring: who, by which channel, when, whether it arrived and what was answered.</summary>
public sealed record AlertNotification
{
    /// <summary>The identifier; the gateway quotes it.</summary>
    public required string Id { get; init; }

    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The responder link.</summary>
    public required string LinkId { get; init; }

    /// <summary>How they are reached.</summary>
    public required string Target { get; init; }

    /// <summary>push, voice, sms, wechat, page.</summary>
    public required string Channel { get; init; }

    /// <summary>The tier that was rung.</summary>
    public required int Tier { get; init; }

    /// <summary>The round.</summary>
    public required int Round { get; init; }

    /// <summary>When it was decided; the outbox says when it left.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>engine or notifier.</summary>
    public required string SentBy { get; init; }

    /// <summary>When the gateway confirmed delivery.</summary>
    public DateTimeOffset? ReceiptAt { get; init; }

    /// <summary>delivered, busy, noAnswer, failed.</summary>
    public string? ReceiptState { get; init; }

    /// <summary>What they answered.</summary>
    public string? Response { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? RespondedAt { get; init; }

    /// <summary>Until when its link works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its link was used: once.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}
