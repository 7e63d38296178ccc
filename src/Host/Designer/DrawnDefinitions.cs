using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Definitions as the designer lists, opens and exports them.</summary>
internal static class DrawnDefinitions
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var definitions = elsa.MapGroup("/workflow-definitions");
        definitions.MapGet("/", List);
        definitions.MapGet("/query/count", Count);
        definitions.MapGet("/validation/is-name-unique", IsNameUnique);
        definitions.MapGet("/by-definition-id/{definitionId}", ByDefinitionId);
        definitions.MapGet("/by-id/{versionId}", ById);
        definitions.MapGet("/{definitionId}/export", Export);
        definitions.MapGet("/many-by-id", ManyById);
        definitions.MapGet("/{definitionId}/consumers", Consumers);
        definitions.MapGet("/subgraph/{versionId}", Subgraph);
        definitions.MapGet("/subgraph/segments/{versionId}", Segments);
    }

    private static async Task<IResult> List(
        DefinitionQueries queries, ClaimsPrincipal user, [AsParameters] DrawnListing asked, CancellationToken cancellationToken)
    {
        var found = await queries.Search(asked.ToSearch(), cancellationToken);
        return Results.Ok(new
        {
            items = found.Items.Select(line => DrawnShape.Summary(line, DrawnShape.MayDraw(user))),
            totalCount = found.Total,
            links = DrawnShape.MayDraw(user) ? DrawnShape.ListLinks : []
        });
    }

    private static async Task<IResult> Count(DefinitionQueries queries, CancellationToken cancellationToken) =>
        Results.Ok(new { count = (await queries.Search(new DefinitionSearch { Versions = "Latest", Take = 1 }, cancellationToken)).Total });

    private static async Task<IResult> IsNameUnique(DefinitionQueries queries, string name, string? definitionId, CancellationToken cancellationToken) =>
        Results.Ok(new { isUnique = await queries.IsNameUnique(name, definitionId, cancellationToken) });

    private static async Task<IResult> ByDefinitionId(
        DrawnDesk desk, ClaimsPrincipal user, string definitionId, string? versionOptions, CancellationToken cancellationToken) =>
        await Answer(desk, await desk.Queries.Find(definitionId, DrawnShape.Choice(versionOptions, VersionChoice.Latest), cancellationToken), user, cancellationToken);

    private static async Task<IResult> ById(DrawnDesk desk, ClaimsPrincipal user, string versionId, CancellationToken cancellationToken) =>
        await Answer(desk, await desk.Queries.FindVersion(versionId, cancellationToken), user, cancellationToken);

    private static async Task<IResult> ManyById(DrawnDesk desk, ClaimsPrincipal user, [FromQuery] string[]? ids, CancellationToken cancellationToken)
    {
        List<JsonObject> items = [];
        foreach (var id in (ids ?? []).Take(100))
        {
            if (await desk.Queries.FindVersion(id, cancellationToken) is { } stored)
                items.Add(await desk.Full(stored, user, cancellationToken));
        }

        return Results.Ok(new { items, count = items.Count });
    }

    /// <summary>The file; with the definitions in which it is drawn, where there are some, all of them as a zip.</summary>
    private static async Task<IResult> Export(DrawnDesk desk, string definitionId, string? versionOptions, bool? includeConsumingWorkflows, CancellationToken cancellationToken)
    {
        if (await desk.Queries.Find(definitionId, DrawnShape.Choice(versionOptions, VersionChoice.Latest), cancellationToken) is not { } found)
            return DesignerApi.NotFound("definition");

        var all = includeConsumingWorkflows == true ? await desk.Library.Consumers.With(found, cancellationToken) : [found];
        return all.Length == 1 ? Results.Bytes(DrawnShape.Exported(found), "application/json", $"{definitionId}.json") : await DrawnBulk.Packed(all, cancellationToken);
    }

    /// <summary>Which published definitions use this one as an activity.</summary>
    private static async Task<IResult> Consumers(DrawnDesk desk, string definitionId, CancellationToken cancellationToken) =>
        Results.Ok(new { consumingWorkflowDefinitionIds = (await desk.Workflows.Consumers(definitionId, cancellationToken)).Select(version => version.DefinitionId).Distinct() });

    // Stepping into a container: the activity itself, and the way to it from the root.
    private static async Task<IResult> Subgraph(DrawnDesk desk, ClaimsPrincipal user, string versionId, string? parentNodeId, CancellationToken cancellationToken) =>
        await desk.Queries.FindVersion(versionId, cancellationToken) is { } stored && Found(await desk.Full(stored, user, cancellationToken), parentNodeId) is [.., var inner]
            ? Results.Ok(Node(inner))
            : DesignerApi.NotFound("activity");

    private static async Task<IResult> Segments(DrawnDesk desk, ClaimsPrincipal user, string versionId, string? childNodeId, CancellationToken cancellationToken)
    {
        if (await desk.Queries.FindVersion(versionId, cancellationToken) is not { } stored || Found(await desk.Full(stored, user, cancellationToken), childNodeId) is not [.., var child] way)
            return DesignerApi.NotFound("activity");

        var containers = way.Where(activity => activity["activities"] is JsonArray).ToArray();
        return Results.Ok(new
        {
            childNode = Node(child),
            container = Node(containers.LastOrDefault(container => container != child) ?? child),
            pathSegments = containers.Select(container => new
            {
                activityNodeId = container["nodeId"]?.GetValue<string>(),
                activityId = container["id"]?.GetValue<string>(),
                activityType = container["type"]?.GetValue<string>(),
                portName = "",
                activityName = container["name"]?.GetValue<string>()
            })
        });
    }

    private static object Node(JsonObject activity) => new { activity = activity.DeepClone(), nodeId = activity["nodeId"]?.GetValue<string>(), port = "", children = Array.Empty<object>() };

    // The activities from the root to the one with this node id; empty when there is none.
    private static List<JsonObject> Found(JsonObject model, string? nodeId)
    {
        List<JsonObject> way = [];
        Placeholders.Walk(model["root"], activity =>
        {
            var own = activity["nodeId"]?.GetValue<string>();
            if (own is not null && (own == nodeId || nodeId?.StartsWith(own + ":", StringComparison.Ordinal) == true))
                way.Add(activity);
        });
        return way;
    }

    private static async Task<IResult> Answer(DrawnDesk desk, StoredDefinition? stored, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        stored is null ? DesignerApi.NotFound("definition") : Results.Ok(await desk.Full(stored, user, cancellationToken));
}

/// <summary>How the designer asks for a list.</summary>
internal sealed record DrawnListing
{
    public string? VersionOptions { get; init; }

    public int? Page { get; init; }

    public int? PageSize { get; init; }

    public string? SearchTerm { get; init; }

    public string? OrderBy { get; init; }

    public string? OrderDirection { get; init; }

    public string[]? DefinitionIds { get; init; }

    public string[]? Ids { get; init; }

    public DefinitionSearch ToSearch() => new()
    {
        Versions = VersionOptions,
        Text = SearchTerm,
        DefinitionIds = DefinitionIds ?? [],
        VersionIds = Ids ?? [],
        OrderBy = Enum.TryParse<DefinitionOrder>(OrderBy, ignoreCase: true, out var order) ? order : DefinitionOrder.Name,
        Descending = OrderDirection == "Descending",
        Take = PageSize is > 0 ? PageSize : null,
        Skip = Math.Max(Page ?? 0, 0) * Math.Max(PageSize ?? 0, 0)
    };
}
