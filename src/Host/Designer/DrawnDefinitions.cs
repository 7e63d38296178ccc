using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Definitions as the designer lists, opens, saves, publishes and takes them back.</summary>
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
        definitions.MapPost("/", Save).RequireAuthorization(Policies.Design);
        definitions.MapPost("/import", Import).RequireAuthorization(Policies.Design);
        definitions.MapPost("/{definitionId}/publish", Publish).RequireAuthorization(Policies.Design);
        definitions.MapPost("/{definitionId}/retract", Retract).RequireAuthorization(Policies.Design);
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
        DefinitionQueries queries, ClaimsPrincipal user, string definitionId, string? versionOptions, CancellationToken cancellationToken) =>
        Answer(await queries.Find(definitionId, DrawnShape.Choice(versionOptions, VersionChoice.Latest), cancellationToken), user);

    private static async Task<IResult> ById(DefinitionQueries queries, ClaimsPrincipal user, string versionId, CancellationToken cancellationToken) =>
        Answer(await queries.FindVersion(versionId, cancellationToken), user);

    private static async Task<IResult> Export(DefinitionQueries queries, string definitionId, string? versionOptions, CancellationToken cancellationToken) =>
        await queries.Find(definitionId, DrawnShape.Choice(versionOptions, VersionChoice.Latest), cancellationToken) is { } found
            ? Results.Bytes(DrawnShape.Exported(found), "application/json", $"{definitionId}.json")
            : DesignerApi.NotFound("definition");

    private static async Task<IResult> Save(
        DefinitionLibrary library, ClaimsPrincipal user, [FromBody] JsonObject body, CancellationToken cancellationToken)
    {
        if (body["model"] is not JsonObject model)
            return DesignerApi.Invalid(["The model is missing."]);

        var publish = body["publish"]?.GetValueKind() == JsonValueKind.True;
        var result = await library.Import(Identified(model), publish, user.By(), cancellationToken);
        return Saved(result, user, wasPublished: false);
    }

    private static async Task<IResult> Import(
        DefinitionLibrary library, ClaimsPrincipal user, [FromBody] JsonObject model, CancellationToken cancellationToken)
    {
        var result = await library.Import(Identified(model), publish: false, user.By(), cancellationToken);
        return result.Stored is { } stored ? Answer(stored, user) : DesignerApi.Invalid(result.Problems.Select(problem => problem.Message));
    }

    private static async Task<IResult> Publish(
        DefinitionLibrary library, DefinitionQueries queries, ClaimsPrincipal user, string definitionId, CancellationToken cancellationToken)
    {
        if (await queries.Find(definitionId, VersionChoice.Latest, cancellationToken) is not { } latest)
            return DesignerApi.NotFound("definition");

        return Saved(await library.Publish(definitionId, user.By(), cancellationToken), user, latest.IsPublished);
    }

    private static async Task<IResult> Retract(
        DefinitionLibrary library, DefinitionQueries queries, ClaimsPrincipal user, string definitionId, CancellationToken cancellationToken)
    {
        await library.Retract(definitionId, cancellationToken);
        return Answer(await queries.Find(definitionId, VersionChoice.Latest, cancellationToken), user);
    }

    // The designer creates without an id: giving one is ours.
    private static byte[] Identified(JsonObject model)
    {
        if (model["definitionId"] is null)
            model["definitionId"] = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return JsonSerializer.SerializeToUtf8Bytes(model, Workflows.FlowJson.Options);
    }

    private static IResult Saved(ImportResult result, ClaimsPrincipal user, bool wasPublished) => result.Stored is { } stored
        ? Results.Ok(new
        {
            workflowDefinition = DrawnShape.Full(stored, DrawnShape.MayDraw(user)),
            alreadyPublished = wasPublished,
            consumingWorkflowCount = 0,
            validationErrors = Array.Empty<object>()
        })
        : DesignerApi.Invalid(result.Problems.Where(problem => !problem.IsWarning).Select(problem => problem.Message));

    private static IResult Answer(StoredDefinition? stored, ClaimsPrincipal user) =>
        stored is null ? DesignerApi.NotFound("definition") : Results.Ok(DrawnShape.Full(stored, DrawnShape.MayDraw(user)));
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
