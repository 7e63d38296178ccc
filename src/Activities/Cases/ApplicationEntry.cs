using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Cases;

/// <summary>An application as a channel sends it.</summary>
public sealed record ApplicationEntry
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The channel: window, wechat_oa, wanshitong …</summary>
    public required string Channel { get; init; }

    /// <summary>Who applied.</summary>
    public required string ApplicantName { get; init; }

    /// <summary>For whom: a person entered before.</summary>
    public required string PersonId { get; init; }

    /// <summary>True when the applicant is not the person.</summary>
    public bool OnBehalf { get; init; }

    /// <summary>The relief category claimed.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>The items asked for.</summary>
    public IReadOnlyList<string> ItemCodes { get; init; } = [];

    /// <summary>The need in the applicant's own words.</summary>
    public required string Wording { get; init; }

    /// <summary>The papers handed in.</summary>
    public IReadOnlyList<string> Papers { get; init; } = [];

    /// <summary>The consent text agreed to.</summary>
    public string? ConsentVersion { get; init; }

    /// <summary>The triage.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>The discovery that it comes of.</summary>
    public string? DiscoveryId { get; init; }
}
