using System.Runtime.CompilerServices;
using System.Text.Json;
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
        elsa.MapPost("/bulk-actions/export/workflow-instances", ExportMany);
        elsa.MapDelete("/workflow-instances/{id}", Kept).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/bulk-actions/delete/workflow-instances/by-id", Kept).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/bulk-actions/import/workflow-instances", NotFromFiles).RequireAuthorization(Policies.Operate);
    }

    private static async Task<IResult> Export(InstanceStories stories, string id, CancellationToken cancellationToken) =>
        DesignerApi.Id(id) is { } key && await stories.Tell(key, cancellationToken) is { } story
            ? Results.File(File(story), "application/json", $"{id}.json")
            : DesignerApi.NotFound("instance");

    /// <summary>A zip with one file for each instance that is there.</summary>
    private static Task<IResult> ExportMany(InstanceStories stories, ManyVersions body, CancellationToken cancellationToken) =>
        PackedFiles.Of("workflow-instances.zip", Told(stories, (body.Ids ?? []).Select(DesignerApi.Id).OfType<Guid>().Distinct(), cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<(string Name, byte[] Content)> Told(InstanceStories stories, IEnumerable<Guid> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            if (await stories.Tell(key, cancellationToken) is { } story)
                yield return ($"{key}.json", File(story));
        }
    }

    private static byte[] File(InstanceStory story) => JsonSerializer.SerializeToUtf8Bytes(ObservedShape.WithState(story), FlowJson.Options);

    private static ProblemHttpResult Kept(HttpRequest request) => Refusal.Of(409, "instance.kept", DrawnTexts.In(StudioTexts.LanguageOf(request), "instance.kept"));

    private static ProblemHttpResult NotFromFiles(HttpRequest request) => Refusal.Of(409, "instance.notFromFiles", DrawnTexts.In(StudioTexts.LanguageOf(request), "instance.notFromFiles"));
}
