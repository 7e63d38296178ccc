using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Guidance;

/// <summary>Keeps what the city asks, the answers and what it says about them.</summary>
public sealed class UrgingBook(ReliefDbContext context)
{
    /// <summary>Keeps what is asked, once per id.</summary>
    public async Task<Urging> Ask(Urging asked, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord(Urging.Chain(asked.Id), cancellationToken);
        if (await context.Set<Urging>().FirstOrDefaultAsync(row => row.Id == asked.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(asked, cancellationToken);
        await Note(asked.Id, "Urged", new { asked.Asked, asked.Figure, asked.PeriodFrom, asked.PeriodTo }, deed, cancellationToken);
        return asked;
    }

    /// <summary>Keeps an answer.</summary>
    public Task Answer(string id, string answer, Deed deed, CancellationToken cancellationToken) =>
        Change(id, "UrgingAnswered", row => row with { Status = UrgingStatus.Answered, Answer = answer, AnsweredBy = deed.By, AnsweredAt = deed.At }, deed, cancellationToken);

    /// <summary>The answer does: it is settled.</summary>
    public Task Settle(string id, string? judgement, Deed deed, CancellationToken cancellationToken) =>
        Change(id, "UrgingSettled", row => row with { Status = UrgingStatus.Settled, JudgedBy = deed.By, JudgedAt = deed.At, Judgement = judgement }, deed, cancellationToken);

    /// <summary>The answer does not do: it is asked once more.</summary>
    public Task AskAgain(string id, string judgement, Deed deed, CancellationToken cancellationToken) =>
        Change(id, "UrgedAgain", row => row with { Status = UrgingStatus.Asked, Round = row.Round + 1, JudgedBy = deed.By, JudgedAt = deed.At, Judgement = judgement }, deed, cancellationToken);

    private async Task Change(string id, string what, Func<Urging, Urging> change, Deed deed, CancellationToken cancellationToken)
    {
        var changed = change(await context.Locked<Urging>(id).SingleAsync(cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Note(id, what, new { changed.Round, changed.Answer, changed.Judgement }, deed, cancellationToken);
    }

    private Task Note(string id, string what, object value, Deed deed, CancellationToken cancellationToken) => context.Audit(Urging.Chain(id), new AuditDetail(what, value), deed, cancellationToken);
}
