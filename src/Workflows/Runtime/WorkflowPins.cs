using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The versions to which activities that are definitions themselves are tied by the drawing around them.</summary>
internal static class WorkflowPins
{
    private const string Pin = "workflowDefinitionVersionId";

    /// <summary>A definition in which every activity that is <paramref name="to"/>'s definition is tied to that version; null when none is tied to another one.</summary>
    /// <remarks>An activity without a tie follows the published version by itself and is left as it is; so is everything else.</remarks>
    public static byte[]? Moved(ReadOnlyMemory<byte> source, StoredDefinition to)
    {
        var model = JsonNode.Parse(source.Span, documentOptions: new JsonDocumentOptions { MaxDepth = DefinitionReader.MaxDepth });
        var moved = false;
        Walk(model, activity =>
        {
            if (Text(activity, "workflowDefinitionId") != to.DefinitionId || Text(activity, Pin) is not { Length: > 0 } pinned || pinned == to.VersionId)
            {
                return;
            }

            moved = true;
            activity["type"] = WorkflowActivities.TypeOf(to.Name);
            activity["version"] = to.Version;
            activity[Pin] = to.VersionId;
            activity["latestAvailablePublishedVersion"] = to.Version;
            activity["latestAvailablePublishedVersionId"] = to.VersionId;
        });
        return moved ? JsonSerializer.SerializeToUtf8Bytes(model, FlowJson.Options) : null;
    }

    private static void Walk(JsonNode? at, Action<JsonObject> seen)
    {
        if (at is JsonObject member)
        {
            seen(member);
            foreach (var (_, value) in member.Where(one => one.Key is not ("metadata" or "customProperties")).ToList())
            {
                Walk(value, seen);
            }
        }
        else if (at is JsonArray list)
        {
            foreach (var item in list)
            {
                Walk(item, seen);
            }
        }
    }

    private static string? Text(JsonObject activity, string member) => activity[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
