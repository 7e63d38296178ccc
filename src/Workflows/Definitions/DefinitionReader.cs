using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Reads Elsa 3 JSON: a bare definition, or one inside <c>{"model": …}</c> as the designer sends it.</summary>
/// <remarks>
/// Reading is lenient about what is absent or null and strict about what is there: a member of the wrong kind, a missing or repeated
/// activity id, or text that cannot be read is a <see cref="Problem"/>, never an exception. Whether the drawing makes sense is for
/// the rules that publishing checks. Codes: <c>definition.malformed</c>, <c>.tooLarge</c>, <c>.wrongType</c>, <c>.missingRoot</c>,
/// <c>.missingId</c>, <c>.missingType</c>, <c>.duplicateId</c>.
/// </remarks>
public static class DefinitionReader
{
    /// <summary>Bytes that a definition may have.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Levels of objects and arrays that a definition may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads one definition. The bytes are copied: the caller may reuse its buffer.</summary>
    /// <remarks>
    /// A missing <c>definitionId</c> or <c>id</c> gives an empty <see cref="Definition.Id"/> or <see cref="Definition.VersionId"/>, a missing
    /// version 1: giving ids is the caller's duty, because reading is a function of the bytes.
    /// </remarks>
    public static DefinitionReading Read(ReadOnlyMemory<byte> json)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        if (DefinitionText.Parse(json.Span, problems) is not { } parsed)
            return new DefinitionReading(null, problems.ToImmutable());

        if (Model(parsed) is not { } model)
        {
            problems.Add(new Problem("definition.wrongType", "A definition is a JSON object with a root.", "$").Told("definition.wrongType.root"));
            return new DefinitionReading(null, problems.ToImmutable());
        }

        var source = model.Equals(parsed)
            ? DefinitionText.WithoutByteOrderMark(json.Span).ToArray()
            : JsonMarshal.GetRawUtf8Value(model).ToArray();
        var definition = ReadModel(model, source, problems);

        return new DefinitionReading(problems.Any(problem => !problem.IsWarning) ? null : definition, problems.ToImmutable());
    }

    /// <summary>The definition's object, out of its wrapper if it has one; null when there is no object.</summary>
    internal static JsonElement? Model(JsonElement parsed)
    {
        if (parsed.ValueKind != JsonValueKind.Object)
            return null;

        return parsed.Member("root") is null && parsed.Member("model") is { ValueKind: JsonValueKind.Object } inner ? inner : parsed;
    }

    private static Definition? ReadModel(JsonElement model, byte[] source, ImmutableArray<Problem>.Builder problems)
    {
        var parts = new DefinitionParts(problems);
        var variables = parts.Variables(model, "$");
        var inputs = parts.Parameters(model, "inputs");
        var outputs = parts.Parameters(model, "outputs");
        var outcomes = parts.Texts(model, "outcomes");
        if (model.Member("root") is not { ValueKind: JsonValueKind.Object } root)
        {
            problems.Add(new Problem("definition.missingRoot", "The definition has no root activity.", "$.root").Told([]));
            return null;
        }

        var nodes = new NodeReader(parts, problems);
        if (nodes.Read(root, "$.root", null) is not { } rootNode)
            return null;

        var id = model.Text("definitionId") ?? "";
        return new Definition
        {
            Id = id,
            VersionId = model.Text("id") ?? "",
            Version = model.Integer("version") ?? 1,
            Name = model.Text("name") ?? id,
            Description = model.Text("description"),
            Variables = variables,
            Inputs = inputs,
            Outputs = outputs,
            Outcomes = outcomes,
            IncidentStrategy = Strategy(model.Value("options")),
            Options = model.Value("options"),
            CustomProperties = model.Value("customProperties"),
            Root = rootNode,
            Nodes = nodes.Found.ToFrozenDictionary(StringComparer.Ordinal),
            VariablesById = parts.VariablesById.ToFrozenDictionary(StringComparer.Ordinal),
            Source = source
        };
    }

    // Elsa writes the assembly-qualified name, the designer may write the short one.
    private static IncidentStrategy Strategy(JsonElement options) =>
        options.Text("incidentStrategyType")?.Split(',')[0].Contains("Continue", StringComparison.OrdinalIgnoreCase) == true
            ? IncidentStrategy.Continue
            : IncidentStrategy.Fault;
}
