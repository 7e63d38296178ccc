using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Requests;

/// <summary>Keeps requests for help and their first answer (P21).</summary>
public sealed class RequestBook(ReliefDbContext context)
{
    /// <summary>A request, or none.</summary>
    public Task<HelpRequest?> Find(string id, CancellationToken cancellationToken) => context.Set<HelpRequest>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>
    /// Keeps a request once per key. One of a sender who has another open since less than 24 hours is merged into that: it has no time of its own.
    /// </summary>
    public async Task<HelpRequest> Receive(RequestEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("request:" + entry.Sender, cancellationToken);
        if (await Find(deed.Key, cancellationToken) is { } known)
            return known;
        var since = deed.At - HelpRequest.Limit;
        var open = await context.Set<HelpRequest>()
            .Where(row => row.Sender == entry.Sender && row.Channel == entry.Channel && row.Status == RequestStatus.Open && row.ReceivedAt > since)
            .OrderBy(row => row.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
        var request = new HelpRequest
        {
            Id = deed.Key,
            CountyCode = entry.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            ReceivedAt = deed.At,
            Channel = entry.Channel,
            AreaCode = entry.AreaCode,
            Sender = entry.Sender,
            Wording = entry.Wording,
            Status = open is null ? RequestStatus.Open : RequestStatus.Merged,
            MergedInto = open?.Id
        };
        await context.Insert(request, cancellationToken);
        return request;
    }

    /// <summary>Notes that 24 hours have passed without an answer; one that was answered stays as it is.</summary>
    public Task<HelpRequest> Late(string id, CancellationToken cancellationToken) =>
        Change(id, row => row.Status == RequestStatus.Open ? row with { Breached = true } : row, cancellationToken);

    /// <summary>Keeps the first answer of a human; later ones change nothing.</summary>
    public Task<HelpRequest> Answered(string id, (string Kind, string Feedback) said, Deed deed, CancellationToken cancellationToken) =>
        Change(id, row => row.Status != RequestStatus.Open ? row : row with
        {
            Status = RequestStatus.Answered, Kind = said.Kind, Feedback = said.Feedback, FeedbackAt = deed.At, FeedbackBy = deed.By,
            Breached = deed.At - row.ReceivedAt > HelpRequest.Limit
        }, cancellationToken);

    /// <summary>How fast the requests of a period were answered, by the time at which they were received.</summary>
    public async Task<RequestFigures> Figures(string countyCode, (DateTimeOffset From, DateTimeOffset To) period, CancellationToken cancellationToken)
    {
        var rows = await context.Set<HelpRequest>()
            .Where(row => row.CountyCode == countyCode && row.Status != RequestStatus.Merged && row.ReceivedAt >= period.From && row.ReceivedAt < period.To)
            .Select(row => new { row.ReceivedAt, row.FeedbackAt, row.Breached }).ToListAsync(cancellationToken);
        var minutes = rows.Where(row => row.FeedbackAt is not null).Select(row => (row.FeedbackAt!.Value - row.ReceivedAt).TotalMinutes).Order().ToList();
        var breached = rows.Count(row => row.Breached);
        var inTime = rows.Count(row => row is { FeedbackAt: not null, Breached: false });
        return new RequestFigures(rows.Count, minutes.Count, inTime, breached,
            inTime + breached == 0 ? null : decimal.Round((decimal)inTime / (inTime + breached), 4), At(minutes, 0.5), At(minutes, 0.9));
    }

    private async Task<HelpRequest> Change(string id, Func<HelpRequest, HelpRequest> change, CancellationToken cancellationToken)
    {
        var changed = change(await context.Locked<HelpRequest>(id).SingleAsync(cancellationToken));
        await context.Replace(changed, cancellationToken);
        return changed;
    }

    private static double? At(List<double> ordered, double share) => ordered.Count == 0 ? null : ordered[(int)Math.Ceiling(ordered.Count * share) - 1];
}
