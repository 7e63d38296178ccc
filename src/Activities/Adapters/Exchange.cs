namespace Relief.Flow.Activities.Adapters;

/// <summary>Something that goes to an outside system, with why it may and what became of it. Kept for good: it is the log of what was shared (S23).</summary>
public sealed record Exchange
{
    /// <summary>The identifier; the other side gets it as the number of the request.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who decided it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The system's name (<see cref="Adapters.Adapter"/>).</summary>
    public required string Adapter { get; init; }

    /// <summary>What is asked of it: Check, SurveyUpsert, Reply, Share …</summary>
    public required string Operation { get; init; }

    /// <summary>What it is about, e.g. case:….</summary>
    public required string Subject { get; init; }

    /// <summary>The person, when it is about one.</summary>
    public string? PersonId { get; init; }

    /// <summary>The case, when it is about one.</summary>
    public string? CaseId { get; init; }

    /// <summary>The agreement that it rests on, when it is shared by one.</summary>
    public string? AgreementId { get; init; }

    /// <summary>The law or the consent that it rests on.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The path below the system's address.</summary>
    public required string Path { get; init; }

    /// <summary>What is sent, as JSON; ID numbers stand in it sealed.</summary>
    public required string Body { get; init; }

    /// <summary>The hash of it that the other side got with it, for comparing what it has with what it should have.</summary>
    public required string ContentHash { get; init; }

    /// <summary>True when nobody has to do it by hand: our own record is enough.</summary>
    public required bool IsMirror { get; init; }

    /// <summary>By when the other side wants it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What became of it.</summary>
    public required ExchangeStatus Status { get; init; }

    /// <summary>The status of the last answer; none when none came.</summary>
    public int? ReplyStatus { get; init; }

    /// <summary>What was answered, as JSON.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it was not taken or not sent.</summary>
    public string? Reason { get; init; }

    /// <summary>What proves that a person has done it.</summary>
    public string? Proof { get; init; }

    /// <summary>Who settled it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? SettledAt { get; init; }
}
