namespace Relief.Flow.Activities.RedVest;

/// <summary>A volunteer's certificate of training (PW5 step 1).</summary>
public sealed record VolunteerCertificate
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was shown.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who has seen it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The volunteer.</summary>
    public required string VolunteerId { get; init; }

    /// <summary>The number on it.</summary>
    public required string Certificate { get; init; }

    /// <summary>From when on it is known to hold.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }
}
