using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Does an input fit what a definition declares? Answers with every field that does not.</summary>
internal static class StartRules
{
    public static ImmutableArray<Problem> Check(Definition definition, JsonElement input)
    {
        if (input.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            return [new Problem("input.notAnObject", "The input must be a JSON object with one member per declared input.", "input").Told([])];
        }

        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var parameter in definition.Inputs)
        {
            var given = input.ValueKind == JsonValueKind.Object && input.TryGetProperty(parameter.Name, out var value) ? value : default;
            if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                if (parameter.IsRequired && parameter.Default.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
                {
                    problems.Add(new Problem("input.missing", $"The input '{parameter.Name}' is required.", $"input.{parameter.Name}").Told([parameter.Name]));
                }
            }
            else if (TypeAliases.Mismatch(given, parameter) is { } mismatch)
            {
                problems.Add(new Problem("input.type", mismatch, $"input.{parameter.Name}").Told([parameter.Name, parameter.TypeName]));
            }
        }

        return problems.ToImmutable();
    }
}
