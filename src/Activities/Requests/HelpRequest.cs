namespace Relief.Flow.Activities.Requests;

/// <summary>A plea for help sent by phone, and when a human first answered it (P21, FA-032…034).</summary>
public sealed record HelpRequest
{
    /// <summary>How long a person may wait for a human: a day on the clock, holidays included (X12).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The application that handed it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was received; the 24 hours run from here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Who asks, as the channel knows them: the person's identifier, or a reference of the channel. Never a phone number.</summary>
    public required string Sender { get; init; }

    /// <summary>What is asked, in the sender's own words.</summary>
    public required string Wording { get; init; }

    /// <summary>Emergency, Service, Question or Complaint, once a human has read it.</summary>
    public string? Kind { get; init; }

    /// <summary>The state.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>The open request that this one was merged into.</summary>
    public string? MergedInto { get; init; }

    /// <summary>When a human first answered.</summary>
    public DateTimeOffset? FeedbackAt { get; init; }

    /// <summary>Who answered.</summary>
    public string? FeedbackBy { get; init; }

    /// <summary>What was said, or how often and where the person was looked for.</summary>
    public string? Feedback { get; init; }

    /// <summary>True when it took more than 24 hours (INV-24); the database reckons the same.</summary>
    public bool Breached { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Took => FeedbackAt - ReceivedAt;
}
