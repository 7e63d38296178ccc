using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Drawing;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>A definition as a picture, and what changed between two of its versions.</summary>
internal static class DiagramApi
{
    public static void MapDiagrams(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/definitions/{definitionId}").WithTags("Definitions").RequireAuthorization(Policies.See);

        group.MapGet("/diagram.svg", Diagram).WithSummary("A version as a picture; with compare= another version, what changed since then is painted in it")
            .Produces<string>(contentType: "image/svg+xml").Refuses(404);
        group.MapGet("/diff", Diff).WithSummary("What changed from one version to another, by activity, line and member").Refuses(404);
    }

    private static async Task<IResult> Diagram(
        HttpContext http, DefinitionLibrary library, DrawnPictures pictures, [AsParameters] AskedPicture asked)
    {
        var language = AidTexts.Language(asked.Lang, http.Request);
        if (await library.Drawn(asked.DefinitionId, asked.Version, http.RequestAborted) is not { } definition)
            return NotFound();
        if (asked.Compare is null)
            return pictures.Answer(http, definition, pictures.Style(language));
        if (await library.Drawn(asked.DefinitionId, asked.Compare, http.RequestAborted) is not { } before)
            return NotFound();

        var (merged, paint) = DiffPaint.Of(before, definition, key => AidTexts.Word(language, key));
        var caption = string.Format(null, AidTexts.Word(language, "diagram.compared"), before.Version);
        return pictures.Answer(http, merged, pictures.Style(language, paint with { Caption = caption }));
    }

    private static async Task<Results<Ok<VersionDiff>, ProblemHttpResult>> Diff(
        DefinitionLibrary library, [AsParameters] AskedDiff asked, CancellationToken cancellationToken)
    {
        if (await library.Drawn(asked.DefinitionId, asked.To, cancellationToken) is not { } to)
            return NotFound();

        var from = asked.From is null ? await library.Before(to, cancellationToken) ?? to : await library.Drawn(asked.DefinitionId, asked.From, cancellationToken);
        if (from is null)
            return NotFound();

        var diff = DefinitionComparison.Of(from, to);
        return TypedResults.Ok(new VersionDiff(from.Version, to.Version, diff.Activities, diff.Lines, diff.Members));
    }

    internal static ProblemHttpResult NotFound() => Refusal.Of(404, "definition.notFound", "There is no such definition, or no such version of it.");
}

internal sealed record AskedPicture
{
    public required string DefinitionId { get; init; }

    /// <summary>A number, <c>published</c> or <c>latest</c>; the latest when absent.</summary>
    public string? Version { get; init; }

    /// <summary>The older version to compare with.</summary>
    public string? Compare { get; init; }

    /// <summary><c>zh</c> or <c>en</c>; by the browser's wish when absent.</summary>
    public string? Lang { get; init; }
}

internal sealed record AskedDiff
{
    public required string DefinitionId { get; init; }

    /// <summary>The older version; the one before <see cref="To"/> when absent.</summary>
    public string? From { get; init; }

    /// <summary>The newer version; the latest when absent.</summary>
    public string? To { get; init; }
}

/// <summary>What changed between two versions.</summary>
public sealed record VersionDiff(
    int From, int To, IReadOnlyList<ActivityChange> Activities, IReadOnlyList<LineChange> Lines, IReadOnlyList<MemberChange> Members);
