using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Definitions;

/// <summary>Pathways as they are drawn: list, read, check, import, publish, take back.</summary>
internal static class DefinitionsApi
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/definitions").WithTags("Definitions").RequireAuthorization(Policies.See);

        group.MapGet("/", List).WithSummary("Definitions by name: the latest version of each, or those asked for");
        group.MapGet("/{definitionId}", Get).WithSummary("One version, as it was imported").Produces<JsonElement>().Refuses(404);
        group.MapPost("/validate", Validate).WithSummary("What publishing it would be refused for").Accepts<JsonElement>("application/json")
            .WithMetadata(Repeatable.Kept).Refuses(400, 413);

        Deed(group.MapPost("/import", Import), "Store a definition: as the draft, or with publish=true as the published version").Accepts<JsonElement>("application/json");
        Deed(group.MapPost("/{definitionId}/publish", Publish), "Publish the latest draft");
        Deed(group.MapPost("/{definitionId}/retract", Retract), "Take the published version back: nothing new starts, what runs goes on");

        static RouteHandlerBuilder Deed(RouteHandlerBuilder deed, string summary) =>
            deed.WithSummary(summary).RequireAuthorization(Policies.Design).WithMetadata(Repeatable.Kept).Refuses(400, 404, 413, 422);
    }

    private static async Task<Ok<DefinitionList>> List(DefinitionQueries queries, [AsParameters] DefinitionListing asked, CancellationToken cancellationToken)
    {
        var take = Cursor.Take(asked.Take);
        var found = await queries.Search(
            new DefinitionSearch { Versions = asked.Versions ?? "Latest", Text = asked.Search, Skip = Math.Max(asked.Skip ?? 0, 0), Take = take }, cancellationToken);
        return TypedResults.Ok(new DefinitionList(found.Items, found.Total));
    }

    private static async Task<IResult> Get(DefinitionQueries queries, string definitionId, string? version, CancellationToken cancellationToken) =>
        Choice(version) is { } choice && await queries.Find(definitionId, choice, cancellationToken) is { } found
            ? Results.Bytes(found.Body, "application/json")
            : NotFound();

    private static async Task<Results<Ok<DefinitionProblems>, ProblemHttpResult>> Validate(
        DefinitionLibrary library, HttpRequest request, CancellationToken cancellationToken)
    {
        var reading = DefinitionReader.Read(await RawBody.Read(request, cancellationToken));
        return Malformed(reading.Problems) is { } malformed
            ? malformed
            : TypedResults.Ok(new DefinitionProblems([.. reading.Problems, .. reading.Definition is { } definition ? await library.Check(definition, forPublish: true, cancellationToken) : []]));
    }

    private static async Task<Results<Ok<ImportedDefinition>, ProblemHttpResult>> Import(
        DefinitionLibrary library, HttpRequest request, bool? publish, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await library.Import(await RawBody.Read(request, cancellationToken), publish == true, user.By(), cancellationToken));

    private static async Task<Results<Ok<ImportedDefinition>, ProblemHttpResult>> Publish(
        DefinitionLibrary library, string definitionId, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await library.Publish(definitionId, user.By(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> Retract(
        DefinitionLibrary library, string definitionId, CancellationToken cancellationToken) =>
        await library.Retract(definitionId, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static Results<Ok<ImportedDefinition>, ProblemHttpResult> Answer(ImportResult result)
    {
        if (result.Stored is { } stored)
            return TypedResults.Ok(new ImportedDefinition(stored.DefinitionId, stored.VersionId, stored.Version, stored.IsPublished, [.. result.Problems]));
        if (result.Problems.Any(problem => problem.Code == "definition.notFound"))
            return NotFound();

        return Malformed(result.Problems) ?? Refusal.Of(422, "definition.invalid", "The definition has problems.",
            ("problems", result.Problems),
            ("errors", result.Problems.GroupBy(problem => problem.Field ?? problem.ActivityId ?? "$")
                .ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray())));
    }

    private static ProblemHttpResult? Malformed(IEnumerable<Problem> problems) =>
        problems.FirstOrDefault(problem => problem.Code is "definition.malformed") is { } malformed
            ? Refusal.Of(400, malformed.Code, malformed.Message)
            : null;

    private static VersionChoice? Choice(string? version) => version?.ToUpperInvariant() switch
    {
        null or "PUBLISHED" => VersionChoice.Published,
        "LATEST" => VersionChoice.Latest,
        { } text => int.TryParse(text, out var number) ? VersionChoice.Exactly(number) : null
    };

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "definition.notFound", "There is no such definition, or no such version of it.");
}

/// <summary>What a list of definitions may be restricted to.</summary>
internal sealed record DefinitionListing
{
    /// <summary>Latest, Published, LatestOrPublished, Draft, AllVersions or a number.</summary>
    [FromQuery(Name = "versions")] public string? Versions { get; init; }

    /// <summary>Part of the name or id.</summary>
    [FromQuery(Name = "search")] public string? Search { get; init; }

    [FromQuery(Name = "skip")] public int? Skip { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }
}

public sealed record DefinitionList(IReadOnlyList<DefinitionLine> Items, int Total);

public sealed record DefinitionProblems(IReadOnlyList<Problem> Problems);

/// <param name="Problems">Warnings only.</param>
public sealed record ImportedDefinition(string DefinitionId, string VersionId, int Version, bool IsPublished, IReadOnlyList<Problem> Problems);
