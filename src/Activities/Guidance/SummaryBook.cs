using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Guidance;

/// <summary>Keeps summaries; a confirmed one stays as it is.</summary>
public sealed class SummaryBook(ReliefDbContext context)
{
    /// <summary>Keeps a draft, once per id.</summary>
    public async Task<GuidanceSummary> Draft(GuidanceSummary drafted, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("summary:" + drafted.Id, cancellationToken);
        if (await context.Set<GuidanceSummary>().FirstOrDefaultAsync(row => row.Id == drafted.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(drafted, cancellationToken);
        await Note(drafted.Id, "SummaryDrafted", drafted, deed, cancellationToken);
        return drafted;
    }

    /// <summary>Confirms a draft; null when it is done, else why not.</summary>
    public async Task<string?> Confirm(string id, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<GuidanceSummary>(id, cancellationToken);
        var row = await context.Set<GuidanceSummary>().SingleAsync(one => one.Id == id, cancellationToken);
        if (row.Status == SummaryStatus.Confirmed)
            return "confirmed";
        if (row.CreatedBy == deed.By)
            return "samePerson";
        await context.Replace(row with { Status = SummaryStatus.Confirmed, ConfirmedBy = deed.By, ConfirmedAt = deed.At }, cancellationToken);
        await Note(id, "SummaryConfirmed", new { id }, deed, cancellationToken);
        return null;
    }

    private Task Note(string id, string what, object value, Deed deed, CancellationToken cancellationToken) => context.Audit("summary:" + id, new AuditDetail(what, value), deed, cancellationToken);
}
