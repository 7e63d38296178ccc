namespace Relief.Flow.Activities.Parameters;

/// <summary>A value that policy sets: for an area and all below it, from a day on (INV-27).</summary>
public sealed record PolicyParameter
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The name, as in workflows.md 3.0.3.</summary>
    public required string Key { get; init; }

    /// <summary>The area; * is the product's own preset.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The value as text.</summary>
    public required string Value { get; init; }

    /// <summary>What the value counts: WD, CD, hours, ratio, yuan …</summary>
    public required string Unit { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The document or assumption it rests on.</summary>
    public required string Basis { get; init; }
}
