using System.Security.Claims;
using System.Text.Json.Nodes;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>What every call on definitions needs: the library, the read side, the catalog, and the answers' shapes.</summary>
internal sealed record DrawnDesk(DefinitionLibrary Library, DefinitionQueries Queries, ActivityCatalog Catalog)
{
    /// <summary>A version as the designer opens it: everything in it can be drawn, and a save over it is known as such.</summary>
    public JsonObject Full(StoredDefinition stored, ClaimsPrincipal user)
    {
        var model = DrawnShape.Full(stored, DrawnShape.MayDraw(user));
        Placeholders.Hide(model["root"], Catalog.Find);
        model["customProperties"]!.AsObject()[SaveGuard.Revision] = SaveGuard.StampOf(stored);
        return model;
    }

    public IResult Saved(ImportResult result, HttpRequest request, bool wasPublished) => result.Stored is { } stored
        ? Results.Ok(new
        {
            workflowDefinition = Full(stored, request.HttpContext.User),
            alreadyPublished = wasPublished,
            consumingWorkflowCount = 0,
            validationErrors = Array.Empty<object>()
        })
        : Refused(result, request);

    /// <summary>What stands in the way, each with its activity, as messages that the designer shows.</summary>
    public static IResult Refused(ImportResult result, HttpRequest request) => DesignerApi.Invalid(
        result.Problems.Where(problem => !problem.IsWarning).Take(20).Select(problem => Problems.Tell(problem, StudioTexts.LanguageOf(request))));
}
