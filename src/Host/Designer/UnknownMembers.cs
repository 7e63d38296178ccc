using System.Text.Json.Nodes;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>What the designer's models have no place for, and so leave out of every save: that an input is required, which schema a file follows.</summary>
/// <remarks>The designer sends null for what is empty: a member that is absent is one that it does not know.</remarks>
internal static class UnknownMembers
{
    private static readonly string[] Lists = ["inputs", "outputs", "variables"];

    /// <summary>Puts back into a model what the state that it was drawn over says; entries of a list are the same by their name.</summary>
    public static void Restore(JsonObject model, StoredDefinition latest)
    {
        var before = JsonNode.Parse(latest.Body)!.AsObject();
        Restore(model, before);
        foreach (var list in Lists)
        {
            foreach (var (name, entry) in Named(model[list]))
            {
                if (Named(before[list]).FirstOrDefault(known => known.Name == name).Entry is { } known)
                    Restore(entry, known);
            }
        }
    }

    private static void Restore(JsonObject after, JsonObject before)
    {
        foreach (var (name, value) in before.Where(member => !after.ContainsKey(member.Key)).ToArray())
            after[name] = value?.DeepClone();
    }

    private static IEnumerable<(string? Name, JsonObject Entry)> Named(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonObject>().Select(entry => (entry["name"]?.ToString(), entry));
}
