namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Something that a person got from a department, as it was told back or imported; one link of the one relief chain (一人一救助链, S13, S21).</summary>
public sealed record PersonMeasure
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The department.</summary>
    public required string UnitCode { get; init; }

    /// <summary>What sort of help: one of the needs, or what an imported list calls it.</summary>
    public required string Kind { get; init; }

    /// <summary>The service or subsidy.</summary>
    public required string What { get; init; }

    /// <summary>Yuan; none for help in kind or service.</summary>
    public decimal Amount { get; init; }

    /// <summary>The day it was given.</summary>
    public required DateOnly GivenOn { get; init; }

    /// <summary>Where it is known from: linkage, or the name of a list.</summary>
    public required string Source { get; init; }

    /// <summary>Its key there; each is kept once.</summary>
    public required string SourceId { get; init; }
}
