namespace Relief.Flow.Activities.Parameters;

/// <summary>A policy parameter's new value.</summary>
public sealed record ParameterChange
{
    /// <summary>The name, as in workflows.md 3.0.3.</summary>
    public required string Key { get; init; }

    /// <summary>The area it holds for, with all below it.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The value as text.</summary>
    public required string Value { get; init; }

    /// <summary>What it counts.</summary>
    public required string Unit { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The document.</summary>
    public required string Basis { get; init; }
}
