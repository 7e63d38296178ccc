using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Agents;

/// <summary>Keeps the links by which relatives hand in papers from afar, and what came in by them (S28).</summary>
/// <remarks>The files themselves stay with the channel; here are their kinds and hashes, as with every other paper.</remarks>
public sealed class PaperBook(ReliefDbContext context)
{
    private static readonly TimeSpan Works = TimeSpan.FromDays(7);

    /// <summary>Makes a link once per key; it works for seven days and never longer than the mandate.</summary>
    public async Task<PaperLink> Open(HelpMandate mandate, IReadOnlyList<string> kinds, Deed deed, CancellationToken cancellationToken)
    {
        if (await new MandateQueries(context).Link(deed.Key, cancellationToken) is { } known)
            return known;
        var until = deed.At + Works;
        var link = new PaperLink
        {
            Id = deed.Key, CountyCode = mandate.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, MandateId = mandate.Id, Kinds = [.. kinds],
            ExpiresAt = mandate.EndsAt < until ? mandate.EndsAt.Value : until
        };
        await context.Insert(link, cancellationToken);
        await context.Audit(MandateBook.Chain(mandate.Id), new AuditDetail("PapersAskedFor", new { link.Kinds, link.ExpiresAt }), deed, cancellationToken);
        return link;
    }

    /// <summary>Takes the papers in and uses the link up: Used, Over or Incomplete when it cannot be so, null when they are in.</summary>
    public async Task<string?> Take(string linkId, IReadOnlyDictionary<string, string> papers, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<PaperLink>(linkId, cancellationToken);
        var queries = new MandateQueries(context);
        var link = (await queries.Link(linkId, cancellationToken))!;
        if (link.UsedAt is not null)
            return "Used";
        if (await IsOver(link, deed.At, cancellationToken))
            return "Over";
        if (link.Kinds.Except(papers.Keys).Any() || papers.Keys.Except(link.Kinds).Any())
            return "Incomplete";
        string[] taken = [.. link.Kinds.Select(kind => $"{kind} {papers[kind]}")];
        await context.Replace(link with { UsedAt = deed.At, Papers = taken }, cancellationToken);
        await context.Audit(MandateBook.Chain(link.MandateId), new AuditDetail("PapersHandedIn", new { papers = taken }), deed, cancellationToken);
        return null;
    }

    /// <summary>Whether a link works no longer: its time has run out, or its mandate has ended.</summary>
    public async Task<bool> IsOver(PaperLink link, DateTimeOffset now, CancellationToken cancellationToken) =>
        link.ExpiresAt < now || await new MandateQueries(context).Find(link.MandateId, cancellationToken) is null or { Status: MandateStatus.Ended };
}
