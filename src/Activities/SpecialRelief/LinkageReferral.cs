namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>A linkage as one department had it: since when, until when, with what answer. Never sent without the person's consent.</summary>
public sealed record LinkageReferral
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who sent it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The linkage.</summary>
    public required string LinkageId { get; init; }

    /// <summary>Which of the linkage's referrals, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The department.</summary>
    public required string UnitCode { get; init; }

    /// <summary>The policy by which it was asked.</summary>
    public string? PolicyId { get; init; }

    /// <summary>Accepted, MorePapers, Refused, NotOurs, Timeout, Granted, NotGranted; null while it waits.</summary>
    public string? Answer { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When it answered, last.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>True when it came to nothing: refused, silent or not granted.</summary>
    public bool IsRefused => Answer is "Refused" or "Timeout" or "NotGranted";
}
