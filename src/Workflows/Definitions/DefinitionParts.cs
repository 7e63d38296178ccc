using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Reads the lists that definitions and containers share, and remembers every variable by its id.</summary>
internal sealed class DefinitionParts(ImmutableArray<Problem>.Builder problems)
{
    public Dictionary<string, Variable> VariablesById { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries of the array <paramref name="name"/> that are not null, each with its path; empty when absent or null.</summary>
    public IEnumerable<(JsonElement Entry, string Path)> Entries(JsonElement owner, string name, string path)
    {
        // An activity may have an input of that very name.
        if (owner.Member(name) is not { } list || list.Member("expression") is not null)
            yield break;

        if (list.ValueKind != JsonValueKind.Array)
        {
            WrongType($"{path}.{name}", "an array");
            yield break;
        }

        var index = 0;
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Null)
                yield return (entry, $"{path}.{name}[{index}]");

            index++;
        }
    }

    public ImmutableArray<Variable> Variables(JsonElement owner, string path)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        foreach (var (entry, at) in Entries(owner, "variables", path))
        {
            if ((entry.Text("id") ?? entry.Text("name")) is not { Length: > 0 } id)
            {
                problems.Add(new Problem("definition.missingId", "A variable needs an id and a name.", at).Told("definition.missingId.variable"));
                continue;
            }

            var (type, isList) = LongNames.OfType(entry.Text("typeName") ?? "Object");
            var variable = new Variable(id, entry.Text("name") ?? id, type, isList || entry.Flag("isArray"), entry.Value("value"));
            if (VariablesById.TryAdd(id, variable))
                variables.Add(variable);
            else
                problems.Add(new Problem("definition.duplicateId", $"The variable id '{id}' is used twice; ids are unique in the whole definition.", at).Told("definition.duplicateId.variable", id));
        }

        return variables.ToImmutable();
    }

    public ImmutableArray<Parameter> Parameters(JsonElement owner, string list)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var (entry, at) in Entries(owner, list, "$"))
        {
            if (entry.Text("name") is not { Length: > 0 } name)
            {
                problems.Add(new Problem("definition.missingId", $"An entry of {list} needs a name.", at).Told("definition.missingId.entry", list));
                continue;
            }

            var value = entry.Member("defaultValue") ?? entry.Value("default");
            var (type, isList) = LongNames.OfType(entry.Text("type") ?? entry.Text("typeName") ?? "Object");
            parameters.Add(new Parameter(
                name, type, isList || entry.Flag("isArray"),
                entry.Text("displayName"), entry.Text("description"), entry.Flag("isRequired"), value));
        }

        return parameters.ToImmutable();
    }

    public ImmutableArray<string> Texts(JsonElement owner, string list)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (entry, at) in Entries(owner, list, "$"))
        {
            if (entry.ValueKind == JsonValueKind.String)
                texts.Add(entry.GetString()!);
            else
                WrongType(at, "a text");
        }

        return texts.ToImmutable();
    }

    public void WrongType(string path, string expected, string? activityId = null) =>
        problems.Add(new Problem("definition.wrongType", $"{path} must be {expected}.", path, activityId).Told([path, expected]));
}
