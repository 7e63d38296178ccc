using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Calls;

/// <summary>Keeps calls that were lost until somebody has called back (S36, S42).</summary>
public sealed class CallBook(ReliefDbContext context)
{
    /// <summary>The chain of a call.</summary>
    public static string Chain(string callId) => "call:" + callId;

    /// <summary>A call that must be there.</summary>
    public Task<LostCall> Get(string id, CancellationToken cancellationToken) => context.Set<LostCall>().SingleAsync(row => row.Id == id, cancellationToken);

    /// <summary>The one person of a county with this telephone number; none when it is nobody's or several people's.</summary>
    public async Task<string?> PersonOf(string countyCode, string phone, CancellationToken cancellationToken)
    {
        var found = await context.Set<Person>().Where(row => row.CountyCode == countyCode && row.Phone == phone).OrderBy(row => row.Id).Select(row => row.Id).Take(2).ToListAsync(cancellationToken);
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Keeps a lost call once per key, with the time by which it is called back.</summary>
    public async Task<LostCall> Lose(LostCallEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("call:" + deed.Key, cancellationToken);
        if (await context.Set<LostCall>().FirstOrDefaultAsync(row => row.Id == deed.Key, cancellationToken) is { } known)
            return known;
        var call = new LostCall
        {
            Id = deed.Key, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Hotline = entry.Hotline, Number = entry.Number, PlaceCode = entry.PlaceCode, PersonId = entry.PersonId,
            DueAt = (await new Deadlines(context).Of("hotline.callback", entry.CountyCode, deed.At, cancellationToken)).Due, Status = LostCallStatus.Open, Attempts = 0
        };
        await context.Insert(call, cancellationToken);
        await context.Audit(Chain(call.Id), new AuditDetail("CallLost", new { call.Hotline, call.Number, isKnown = call.PersonId is not null, call.DueAt }), deed, cancellationToken);
        return call;
    }

    /// <summary>Nobody answered: one attempt more, and by when the next is made.</summary>
    public async Task<LostCall> Missed(string id, Deed deed, CancellationToken cancellationToken)
    {
        var county = (await Get(id, cancellationToken)).CountyCode;
        var due = (await new Deadlines(context).Of("hotline.callback.again", county, deed.At, cancellationToken)).Due;
        return await Change(id, ("NobodyAnswered", null), call => call with { Attempts = call.Attempts + 1, DueAt = due }, deed, cancellationToken);
    }

    /// <summary>The call was called back, or given up after the attempts that policy asks.</summary>
    public Task<LostCall> End(string id, LostCallStatus status, string? ticketId, Deed deed, CancellationToken cancellationToken) =>
        Change(id, ("Call" + status, new { ticketId }), call => call with { Status = status, TicketId = ticketId, EndedAt = deed.At, EndedBy = deed.By }, deed, cancellationToken);

    private async Task<LostCall> Change(string id, (string What, object? Detail) said, Func<LostCall, LostCall> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<LostCall>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail(said.What, said.Detail), deed, cancellationToken);
        return changed;
    }
}
