namespace Relief.Flow.Activities.Entitlements;

/// <summary>A list of entitlements as it was handed in, and what came of its rows.</summary>
public sealed record EntitlementFile
{
    /// <summary>The identifier: county, scheme and the hash of its bytes.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who handed it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What it is about.</summary>
    public required string Scheme { get; init; }

    /// <summary>Rows that were taken.</summary>
    public required int Accepted { get; init; }

    /// <summary>Rows that were there already.</summary>
    public required int Repeated { get; init; }

    /// <summary>Rows that could not be taken.</summary>
    public required int Refused { get; init; }

    /// <summary>Where and why, as JSON: the first thousand.</summary>
    public required string Refusals { get; init; }
}
