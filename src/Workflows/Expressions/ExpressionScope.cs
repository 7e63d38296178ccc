using System.Text.Json;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>All that an expression may see: the instance's values and the time of its stimulus.</summary>
/// <remarks>The look-ups answer an undefined <see cref="JsonElement"/> for a name that they do not know, and never throw.</remarks>
public sealed record ExpressionScope
{
    public required Func<string, JsonElement> VariableById { get; init; }

    public required Func<string, JsonElement> VariableByName { get; init; }

    public required Func<string, JsonElement> InputByName { get; init; }

    /// <summary>An output by activity id and camel-cased output name.</summary>
    public Func<string, string, JsonElement> OutputOf { get; init; } = (_, _) => default;

    /// <summary>Names of the variables in sight: templates need the list; scripts look up by name.</summary>
    public IEnumerable<string> VariableNames { get; init; } = [];

    /// <summary>Names of the inputs that were given.</summary>
    public IEnumerable<string> InputNames { get; init; } = [];

    /// <summary>The result of the activity that ran before; undefined when there is none.</summary>
    public JsonElement LastResult { get; init; }

    /// <summary>The time of the stimulus. <c>new Date()</c> is this, so that a repeated burst gives the same values.</summary>
    public required DateTimeOffset Now { get; init; }

    public required string InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? CorrelationId { get; init; }

    public string DefinitionId { get; init; } = "";

    public string DefinitionVersionId { get; init; } = "";

    public int DefinitionVersion { get; init; }
}
