namespace Relief.Flow.Activities.Figures;

/// <summary>A record as a figure counts it: never who it is about.</summary>
public sealed record FigureRow
{
    /// <summary>The record's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where it counts: a village or a township, or the county itself.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The day by which it counts, when it has one.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The moment by which it counts, when it has one.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What sort it is: an item, a status, a document; no word about a person.</summary>
    public string? What { get; init; }

    /// <summary>What it adds: yuan or days. What counts pieces says nothing here and adds one.</summary>
    public decimal Amount { get; init; }
}
