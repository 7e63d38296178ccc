using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>One drawn activity, with whatever it contains.</summary>
public sealed record Node
{
    /// <summary>The activity's id, unique within its definition.</summary>
    public required string Id { get; init; }

    /// <summary>The path of ids from the root, <c>Workflow1:Flowchart1:survey</c>: the designer asks by it.</summary>
    public required string NodeId { get; init; }

    /// <summary>The activity type, such as <c>Elsa.Flowchart</c> or <c>Relief.Survey</c>.</summary>
    public required string Type { get; init; }

    public int Version { get; init; } = 1;

    public string? Name { get; init; }

    /// <summary>What the designer shows: <c>metadata.displayText</c>, else the name, else the id.</summary>
    public required string DisplayText { get; init; }

    /// <summary>The id of the activity that contains this one; null for the root.</summary>
    public string? Parent { get; init; }

    /// <summary>True when a stimulus at this activity may start an instance (<c>customProperties.canStartWorkflow</c>).</summary>
    public bool CanStartWorkflow { get; init; }

    /// <summary>Expressions by camel-cased input name, as in the file. An input that is absent has its default.</summary>
    public FrozenDictionary<string, Expression> Inputs { get; init; } = FrozenDictionary<string, Expression>.Empty;

    /// <summary>Id of the variable that takes an output, by camel-cased output name.</summary>
    public FrozenDictionary<string, string> Outputs { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Members that are neither inputs, outputs nor activities, as imported: <c>cases</c>, <c>variable</c>, <c>customProperties</c>, <c>metadata</c> ….</summary>
    public FrozenDictionary<string, JsonElement> Members { get; init; } = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>The activities of a container, in the file's order, which means nothing in a flowchart and everything in a sequence.</summary>
    public ImmutableArray<Node> Activities { get; init; } = [];

    /// <summary>A child held in a member of its own, such as <c>body</c>, <c>then</c> and <c>else</c>.</summary>
    public FrozenDictionary<string, Node> Embedded { get; init; } = FrozenDictionary<string, Node>.Empty;

    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>Variables declared by this container; their ids are unique within the definition.</summary>
    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>The short form of <c>customProperties.mergeMode</c> (Stream, Merge, Converge, Cascade, Race); null when not set.</summary>
    public string? MergeMode { get; init; }

    /// <summary>The activity that the file names as the first (<c>start</c>); null when it is found by the rules of the flowchart.</summary>
    public string? Start { get; init; }

    /// <summary>Connections that leave the child <paramref name="source"/> by <paramref name="port"/>.</summary>
    public IEnumerable<Connection> From(string source, string port) =>
        Connections.Where(connection => connection.Source == source && connection.Port == port);
}
