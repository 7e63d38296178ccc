using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Designer;

/// <summary>Taking instances out, and what must not happen to them: records of relief are kept by law, so none is deleted or brought in from a file.</summary>
internal static class ObservedFiles
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/workflow-instances/{id}/export", Export);
        elsa.MapDelete("/workflow-instances/{id}", Kept).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/bulk-actions/delete/workflow-instances/by-id", Kept).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/bulk-actions/import/workflow-instances", NotFromFiles).RequireAuthorization(Policies.Operate);
    }

    private static async Task<IResult> Export(InstanceStories stories, string id, CancellationToken cancellationToken) =>
        DesignerApi.Id(id) is { } key && await stories.Tell(key, cancellationToken) is { } story
            ? Results.File(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(ObservedShape.WithState(story), FlowJson.Options), "application/json", $"{id}.json")
            : DesignerApi.NotFound("instance");

    private static ProblemHttpResult Kept(HttpRequest request) => Refusal.Of(409, "instance.kept", DrawnTexts.In(StudioTexts.LanguageOf(request), "instance.kept"));

    private static ProblemHttpResult NotFromFiles(HttpRequest request) => Refusal.Of(409, "instance.notFromFiles", DrawnTexts.In(StudioTexts.LanguageOf(request), "instance.notFromFiles"));
}
