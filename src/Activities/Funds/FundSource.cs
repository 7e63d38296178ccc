namespace Relief.Flow.Activities.Funds;

/// <summary>A source of money and what it may be used for (INV-02); an empty list allows all.</summary>
public sealed record FundSource
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>Which of the eight.</summary>
    public required FundKind Kind { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string OwnerUnit { get; init; }

    /// <summary>Relief categories allowed.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>Person classes allowed.</summary>
    public string[] PersonClasses { get; init; } = [];

    /// <summary>Item codes allowed.</summary>
    public string[] Items { get; init; } = [];

    /// <summary>Pathways allowed.</summary>
    public string[] Pathways { get; init; } = [];
}
