namespace Relief.Flow.Activities.Neighbours;

/// <summary>A certificate of the course for neighbours; it holds for 24 months (PW6 step 2).</summary>
public sealed record CourseCertificate
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The helper.</summary>
    public required string HelperId { get; init; }

    /// <summary>The number on it.</summary>
    public required string Certificate { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly ValidTo { get; init; }
}
