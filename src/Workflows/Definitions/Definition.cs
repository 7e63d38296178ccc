using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>One version of a pathway as it was drawn: immutable, with look-ups by activity id.</summary>
public sealed record Definition
{
    /// <summary>The stable id that all versions share (<c>definitionId</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The id of this one version (<c>id</c> in the file).</summary>
    public required string VersionId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<Variable> Variables { get; init; } = [];

    public ImmutableArray<Parameter> Inputs { get; init; } = [];

    public ImmutableArray<Parameter> Outputs { get; init; } = [];

    public ImmutableArray<string> Outcomes { get; init; } = [];

    public IncidentStrategy IncidentStrategy { get; init; } = IncidentStrategy.Fault;

    /// <summary>The whole <c>options</c> object as imported; undefined when absent.</summary>
    public JsonElement Options { get; init; }

    public JsonElement CustomProperties { get; init; }

    public required Node Root { get; init; }

    /// <summary>Every activity, however deep, by its id.</summary>
    public required FrozenDictionary<string, Node> Nodes { get; init; }

    /// <summary>Every variable, of the definition and of its containers, by its id.</summary>
    public required FrozenDictionary<string, Variable> VariablesById { get; init; }

    /// <summary>The imported bytes: exported again exactly so.</summary>
    public ReadOnlyMemory<byte> Source { get; init; }
}

/// <summary>What an instance does when one of its activities has an incident.</summary>
public enum IncidentStrategy
{
    /// <summary>Nothing more is begun; the instance is faulted, keeps its waits, and goes on when an operator retries.</summary>
    Fault,

    /// <summary>The other branches go on; the instance stays open with its incident until that is resolved.</summary>
    Continue
}
