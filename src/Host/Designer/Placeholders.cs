using System.Text.Json.Nodes;

namespace Relief.Flow.Host.Designer;

/// <summary>Shows what the designer cannot draw as something that it can, and puts it back on save.</summary>
/// <remarks>
/// An activity whose type or version has no descriptor makes the whole canvas empty, and the next save would store that. So an unknown type is shown
/// as a placeholder that carries the original as text, and a missing or unknown version of a known type as the one that there is.
/// </remarks>
internal static class Placeholders
{
    public const string Type = "Elsa.NotFoundActivity";
    private const string Original = "originalActivityJson";

    /// <summary>Changes a model so that every activity in it can be drawn.</summary>
    /// <param name="versions">The versions of a type that there are; none for an unknown type.</param>
    public static void Hide(JsonNode? at, Func<string, IReadOnlyList<int>> versions)
    {
        Walk(at, activity =>
        {
            var type = activity["type"]!.GetValue<string>();
            if (versions(type) is { Count: > 0 } there)
            {
                if (activity["version"] is not JsonValue version || !version.TryGetValue<int>(out var number) || !there.Contains(number))
                    activity["version"] = there.Max();
                return;
            }

            var original = activity.ToJsonString();
            foreach (var name in activity.Select(member => member.Key).Where(name => name is not ("id" or "nodeId" or "name" or "metadata" or "customProperties")).ToList())
                activity.Remove(name);
            activity["type"] = Type;
            activity["version"] = 1;
            activity["missingTypeName"] = type;
            activity[Original] = original;
        });
    }

    /// <summary>Puts the originals back, at the places to which they were moved meanwhile.</summary>
    public static void Restore(JsonNode? at) => Walk(at, activity =>
    {
        if (activity["type"]!.GetValue<string>() != Type || activity[Original] is not JsonValue text || !text.TryGetValue<string>(out var json) || Parse(json) is not { } original)
            return;

        var metadata = activity["metadata"]?.DeepClone();
        activity.Clear();
        foreach (var (name, value) in original)
            activity[name] = value?.DeepClone();
        if (metadata is not null)
            activity["metadata"] = metadata;
    });

    /// <summary>The ids of all activities, with their types, as they stand in the file.</summary>
    public static Dictionary<string, string> Activities(JsonNode? root)
    {
        Dictionary<string, string> found = [];
        Walk(root, activity => found[activity["id"]!.GetValue<string>()] = activity["type"]!.GetValue<string>());
        return found;
    }

    /// <summary>Does something with every activity below a node, the deepest last.</summary>
    public static void Walk(JsonNode? at, Action<JsonObject> seen)
    {
        switch (at)
        {
            case JsonObject member:
                if (member["type"] is JsonValue type && type.TryGetValue<string>(out var name) && (name.Contains('.', StringComparison.Ordinal) || member["workflowDefinitionId"] is not null)
                    && member["id"] is JsonValue id && id.TryGetValue<string>(out _) && member["expression"] is null)
                    seen(member);
                foreach (var (key, value) in member)
                {
                    if (key is not ("metadata" or "customProperties"))
                        Walk(value, seen);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                    Walk(item, seen);
                break;
        }
    }

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
