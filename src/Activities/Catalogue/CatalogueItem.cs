namespace Relief.Flow.Activities.Catalogue;

/// <summary>A listed service (S09).</summary>
public sealed record CatalogueItem
{
    /// <summary>The item's code.</summary>
    public required string Code { get; init; }

    /// <summary>The county whose catalogue lists it.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>The family of needs it answers.</summary>
    public required string Family { get; init; }

    /// <summary>What one unit is.</summary>
    public required ItemUnit Unit { get; init; }

    /// <summary>The pathways that may deliver it, M1 to M7; empty means any.</summary>
    public string[] Pathways { get; init; } = [];

    /// <summary>The shortest credible duration of one visit.</summary>
    public required int MinMinutes { get; init; }

    /// <summary>The longest.</summary>
    public required int MaxMinutes { get; init; }

    /// <summary>The training a worker needs, if any.</summary>
    public string? TrainingCode { get; init; }

    /// <summary>True when two workers serve together.</summary>
    public required bool TwoWorkers { get; init; }

    /// <summary>Whether it may be ordered.</summary>
    public required CatalogueStatus Status { get; init; }

    /// <summary>What its services count as.</summary>
    public ServiceClass Class { get; init; } = ServiceClass.Other;

    /// <summary>The project of the 335 method that it belongs to; none for what is outside of it.</summary>
    public ServiceProject? Project { get; init; }

    /// <summary>The document by which the city has it listed; none when the county lists it by itself.</summary>
    public string? Document { get; init; }

    /// <summary>The item in whose place it stands.</summary>
    public string? Replaces { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>The county officer who approved it.</summary>
    public string? ApprovedBy { get; init; }
}
