using System.Security.Claims;
using System.Text.Json.Nodes;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>What every call on definitions needs: the library, the read side, the catalog, and the answers' shapes.</summary>
internal sealed record DrawnDesk(DefinitionLibrary Library, DefinitionQueries Queries, ActivityCatalog Catalog, OpenDesks Desks)
{
    public WorkflowActivities Workflows => Library.Activities;

    /// <summary>A version as the designer opens it: everything in it can be drawn, and a save over it is known as such.</summary>
    public async Task<JsonObject> Full(StoredDefinition stored, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var workflows = await Workflows.WithEarlier(cancellationToken);
        var model = DrawnShape.Full(stored, DrawnShape.MayDraw(user));
        Placeholders.Hide(model["root"], type => Catalog.Find(type) is not null ? [1] : [.. workflows.Where(workflow => workflow.Type == type).Select(workflow => workflow.Version)]);
        model["customProperties"]!.AsObject()[SaveGuard.Revision] = SaveGuard.StampOf(stored);
        return model;
    }

    public async Task<IResult> Saved(ImportResult result, HttpRequest request, bool wasPublished, CancellationToken cancellationToken) => result.Stored is { } stored
        ? Results.Ok(new
        {
            workflowDefinition = await Full(stored, request.HttpContext.User, cancellationToken),
            alreadyPublished = wasPublished,
            consumingWorkflowCount = result.Consumers.Length,
            validationErrors = Array.Empty<object>()
        })
        : Refused(result, request);

    /// <summary>What stands in the way, each with its activity, as messages that the designer shows.</summary>
    public static IResult Refused(ImportResult result, HttpRequest request) => DesignerApi.Invalid(
        result.Problems.Where(problem => !problem.IsWarning).Take(20).Select(problem => Problems.Tell(problem, StudioTexts.LanguageOf(request))));
}
