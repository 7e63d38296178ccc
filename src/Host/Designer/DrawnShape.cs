using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Access;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>A stored definition as Elsa shapes it: what was imported, with the version's facts, the node ids and the links that allow editing.</summary>
internal static class DrawnShape
{
    private const string ToolVersion = "3.8.0.0";

    /// <summary>Without this link the list is read-only.</summary>
    public static readonly object[] ListLinks =
        [new { href = "/bulk-actions/publish/workflow-definitions/by-definition-ids", rel = "bulk-publish", method = "POST" }];

    public static bool MayDraw(ClaimsPrincipal user) => user.IsInRole(Roles.Admin) || user.IsInRole(Roles.Designer);

    public static VersionChoice Choice(string? options, VersionChoice otherwise) => options switch
    {
        "Published" => VersionChoice.Published,
        "Latest" or "Draft" => VersionChoice.Latest,
        "LatestOrPublished" or "LatestAndPublished" => new VersionChoice(VersionKind.LatestOrPublished),
        _ => int.TryParse(options, out var number) ? VersionChoice.Exactly(number) : otherwise
    };

    public static object Summary(DefinitionLine line, bool mayDraw) => new
    {
        id = line.VersionId,
        line.DefinitionId,
        line.Name,
        line.Description,
        line.Version,
        toolVersion = ToolVersion,
        line.IsLatest,
        line.IsPublished,
        isReadonly = !mayDraw,
        materializerName = "Json",
        isMaterializerAvailable = true,
        createdAt = ChinaTime.Local(line.CreatedAt),   // the history prints what it is sent
        links = Links(line.DefinitionId, mayDraw)
    };

    public static JsonObject Full(StoredDefinition stored, bool mayDraw)
    {
        var model = Facts(stored);
        model["isReadonly"] = !mayDraw;
        model["isSystem"] = false;
        model["createdAt"] = ChinaTime.Local(stored.CreatedAt);
        model["toolVersion"] ??= ToolVersion;
        model["materializerName"] = "Json";
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
            model[list] ??= new JsonArray();
        model["customProperties"] ??= new JsonObject();
        model["options"] ??= new JsonObject();
        model["links"] = JsonSerializer.SerializeToNode(Links(stored.DefinitionId, mayDraw), FlowJson.Options);
        if (DefinitionReader.Read(stored.Body).Definition is { } definition)
            GiveNodeIds(model["root"], definition);
        return model;
    }

    /// <summary>The file that another installation imports: Elsa's order, this version's facts, Elsa's short names; a file that came in so goes out byte for byte.</summary>
    public static byte[] Exported(StoredDefinition stored)
    {
        var model = Facts(stored);
        foreach (var name in model.Where(member => member.Value is null).Select(member => member.Key).ToList())
            model.Remove(name);
        ShortenDrivers(model);
        return DefinitionWriter.Write(JsonSerializer.SerializeToUtf8Bytes(model, FlowJson.Options));
    }

    // "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" is accepted, and goes out as Elsa itself writes it.
    private static void ShortenDrivers(JsonNode? at)
    {
        switch (at)
        {
            case JsonObject member:
                if (member["storageDriverTypeName"] is JsonValue value && value.TryGetValue<string>(out var name) && name.Contains(','))
                    member["storageDriverTypeName"] = LongNames.Short(name);
                foreach (var (_, child) in member)
                    ShortenDrivers(child);
                break;
            case JsonArray list:
                foreach (var item in list)
                    ShortenDrivers(item);
                break;
        }
    }

    private static JsonObject Facts(StoredDefinition stored)
    {
        var parsed = JsonNode.Parse(stored.Body)!.AsObject();
        var model = parsed["root"] is null && parsed["model"] is JsonObject inner ? inner.DeepClone().AsObject() : parsed;
        model["id"] = stored.VersionId;
        model["definitionId"] = stored.DefinitionId;
        model["name"] = stored.Name;
        model["description"] = stored.Description;
        model["version"] = stored.Version;
        model["isLatest"] = stored.IsLatest;
        model["isPublished"] = stored.IsPublished;
        model["createdAt"] = stored.CreatedAt;
        return model;
    }

    private static object[] Links(string definitionId, bool mayDraw) =>
        mayDraw ? [new { href = $"/workflow-definitions/{definitionId}/publish", rel = "publish", method = "POST" }] : [];

    // Journal, badges and executions are all asked for by node id, so each activity must carry its own.
    private static void GiveNodeIds(JsonNode? at, Definition definition)
    {
        switch (at)
        {
            case JsonObject activity:
                if (activity["type"] is JsonValue && activity["id"] is JsonValue id && id.TryGetValue<string>(out var text) && definition.Nodes.TryGetValue(text, out var node))
                    activity["nodeId"] = node.NodeId;
                foreach (var (_, member) in activity)
                    GiveNodeIds(member, definition);
                break;
            case JsonArray list:
                foreach (var item in list)
                    GiveNodeIds(item, definition);
                break;
        }
    }
}
