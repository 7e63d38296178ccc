using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>What stands against publishing a version, each with the way to the step that it concerns.</summary>
internal static class ProblemsApi
{
    public static void MapProblems(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/definitions/{definitionId}").WithTags("Definitions").RequireAuthorization(Policies.See)
            .MapGet("/problems", List).WithSummary("What publishing a version would be refused for or warned of, in the reader's language").Refuses(404);

    private static async Task<Results<Ok<FoundProblems>, ProblemHttpResult>> List(
        DefinitionLibrary library, HttpRequest request, [AsParameters] AskedProblems asked, CancellationToken cancellationToken)
    {
        if (await library.Drawn(asked.DefinitionId, asked.Version, cancellationToken) is not { } definition)
            return DiagramApi.NotFound();

        var language = AidTexts.Language(asked.Lang, request);
        var problems = (await library.Check(definition, forPublish: true, cancellationToken)).OrderBy(problem => problem.IsWarning);
        return TypedResults.Ok(new FoundProblems(definition.Id, definition.Version, [.. problems.Select(problem => Told(problem, definition, language))]));
    }

    private static FoundProblem Told(Problem problem, Definition definition, string language)
    {
        var activity = problem.ActivityId is { } id ? definition.Nodes.GetValueOrDefault(id) : null;
        var editor = $"/studio/workflows/definitions/{Uri.EscapeDataString(definition.Id)}/edit{(activity is null ? "" : $"?activity={Uri.EscapeDataString(activity.NodeId)}")}";
        return new FoundProblem(
            problem.Code, Problems.Tell(problem, language), problem.IsWarning, problem.Field, activity?.Id, activity?.DisplayText, activity?.NodeId, editor);
    }
}

internal sealed record AskedProblems
{
    public required string DefinitionId { get; init; }

    /// <summary>A number, <c>published</c> or <c>latest</c>; the latest when absent.</summary>
    public string? Version { get; init; }

    /// <summary><c>zh</c> or <c>en</c>; by the browser's wish when absent.</summary>
    public string? Lang { get; init; }
}

public sealed record FoundProblems(string DefinitionId, int Version, IReadOnlyList<FoundProblem> Problems);

/// <param name="Field">The input or outcome that it concerns.</param>
/// <param name="NodeName">What the designer shows of the activity.</param>
/// <param name="EditorLink">Where it is mended: the drawing, with the activity chosen.</param>
public sealed record FoundProblem(string Code, string Message, bool IsWarning, string? Field, string? ActivityId, string? NodeName, string? NodeId, string EditorLink);
