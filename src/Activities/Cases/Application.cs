using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Cases;

/// <summary>What an applicant asked for, through whichever channel (P01).</summary>
public sealed record Application
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The receipt number.</summary>
    public required string Number { get; init; }

    /// <summary>The channel it came through.</summary>
    public required string Channel { get; init; }

    /// <summary>Who applied.</summary>
    public required string ApplicantName { get; init; }

    /// <summary>For whom.</summary>
    public required string PersonId { get; init; }

    /// <summary>True when the applicant is not the person.</summary>
    public required bool OnBehalf { get; init; }

    /// <summary>The relief category claimed.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>The items asked for.</summary>
    public string[] ItemCodes { get; init; } = [];

    /// <summary>The need in the applicant's own words, kept for ever.</summary>
    public required string Wording { get; init; }

    /// <summary>The papers handed in.</summary>
    public string[] Papers { get; init; } = [];

    /// <summary>The papers asked for in the one-time notice.</summary>
    public string[] MissingPapers { get; init; } = [];

    /// <summary>When that notice was sent; it is sent once.</summary>
    public DateTimeOffset? SupplementNotifiedAt { get; init; }

    /// <summary>The consent text agreed to.</summary>
    public string? ConsentVersion { get; init; }

    /// <summary>The triage.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>How far it has come.</summary>
    public required ApplicationStatus Status { get; init; }

    /// <summary>The case it opened or joined.</summary>
    public string? CaseId { get; init; }

    /// <summary>The discovery that it came of; none of who applied by themselves (P02).</summary>
    public string? DiscoveryId { get; init; }

    /// <summary>The sender's key.</summary>
    public required string IdemKey { get; init; }
}
