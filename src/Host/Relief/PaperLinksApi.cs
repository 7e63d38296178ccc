using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Where a relative far away hands in papers, by a signed link that works once (S28). Looking changes nothing.</summary>
internal static class PaperLinksApi
{
    public static void MapPaperLinks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/paper-links/{token}").WithTags("Agents").AllowAnonymous();
        group.MapGet("/", Show).WithSummary("Which papers a link asks for, and until when it works").Refuses(404, 409, 410);
        group.MapPost("/", HandIn).WithSummary("Hand in all papers that a link asks for, each by its hash; this uses the link up")
            .WithMetadata(Repeatable.Never).Refuses(404, 409, 410, 422);
    }

    private static async Task<Results<Ok<AskedPapers>, ProblemHttpResult>> Show(ReliefRecords records, string token, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (PaperToken.Read(token, records.Key) is not { } id || await new MandateQueries(db).Link(id, cancellationToken) is not { } link)
            return Unknown();
        if (link.UsedAt is not null)
            return Used();
        return await new PaperBook(db).IsOver(link, await records.Now(cancellationToken), cancellationToken) ? Over() : TypedResults.Ok(new AskedPapers(link.Kinds, link.ExpiresAt));
    }

    private static async Task<Results<Ok<AskedPapers>, ProblemHttpResult>> HandIn(ReliefRecords records, string token, HandedPapers body, CancellationToken cancellationToken)
    {
        var papers = (body.Papers ?? []).Where(paper => paper is { Kind: not null, DocumentHash: { Length: > 0 and <= 200 } })
            .DistinctBy(paper => paper.Kind).ToDictionary(paper => paper.Kind!, paper => paper.DocumentHash!, StringComparer.Ordinal);
        await using var db = records.Reading();
        if (PaperToken.Read(token, records.Key) is not { } id || await new MandateQueries(db).Link(id, cancellationToken) is not { } link)
            return Unknown();
        var deed = new Deed("relative", await records.Now(cancellationToken), "papers:" + id);
        return await records.Change(changing => new PaperBook(changing).Take(id, papers, deed, cancellationToken), cancellationToken) switch
        {
            null => TypedResults.Ok(new AskedPapers(link.Kinds, link.ExpiresAt)),
            "Used" => Used(),
            "Over" => Over(),
            _ => new Fields().Add("papers", "Each paper that the link asks for, once, with its hash: " + string.Join(", ", link.Kinds)).RefusedAs("paperLink.incomplete")!
        };
    }

    private static ProblemHttpResult Unknown() => Refusal.Of(404, "paperLink.unknown", "There is no such link.");

    private static ProblemHttpResult Used() => Refusal.Of(409, "paperLink.used", "The papers have been handed in; thank you.");

    private static ProblemHttpResult Over() => Refusal.Of(410, "paperLink.over", "The link works no longer; please ask the agent for a new one.");
}

/// <summary>What a link asks for.</summary>
public sealed record AskedPapers(IReadOnlyList<string> Kinds, DateTimeOffset ExpiresAt);

/// <summary>Papers as they are handed in.</summary>
public sealed record HandedPapers(IReadOnlyList<HandedPaper>? Papers);

/// <summary>One paper.</summary>
/// <param name="DocumentHash">The hash of the file, such as <c>sha256:…</c>; the file stays with the channel.</param>
public sealed record HandedPaper(string? Kind, string? DocumentHash);
