using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Audit;

/// <summary>Searches the audit trail: who did what to what, the latest first.</summary>
public sealed class AuditQueries(ReliefDbContext context)
{
    /// <summary>The most that one page has.</summary>
    public const int MaxTake = 200;

    /// <param name="after">What an earlier page returned as next.</param>
    public async Task<AuditPage> Search(AuditFilter filter, string? after, int take, CancellationToken cancellationToken)
    {
        var rows = context.Set<AuditEvent>().AsQueryable();
        if (filter.Subject?.Trim() is { Length: > 0 } subject)
            rows = rows.Where(row => row.Subject == subject || row.Subject.StartsWith(subject + ":"));
        if (filter.What?.Trim() is { Length: > 0 } what)
            rows = rows.Where(row => row.What == what);
        if (filter.By?.Trim() is { Length: > 0 } by)
            rows = rows.Where(row => row.DoneBy == by);
        if (filter.Since is { } since)
            rows = rows.Where(row => row.DoneAt >= since);
        if (filter.Until is { } until)
            rows = rows.Where(row => row.DoneAt < until);
        if (Place(after) is var (at, sequence, id))
            rows = rows.Where(row => row.DoneAt < at || row.DoneAt == at && (row.Sequence < sequence || row.Sequence == sequence && row.Id.CompareTo(id) < 0));
        var found = await rows.OrderByDescending(row => row.DoneAt).ThenByDescending(row => row.Sequence).ThenByDescending(row => row.Id).Take(take + 1).ToListAsync(cancellationToken);
        var shown = found.Take(take).ToList();
        return new AuditPage(shown, found.Count > take ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].DoneAt.ToUnixTimeMilliseconds()}~{shown[^1].Sequence}~{shown[^1].Id}") : null);
    }

    /// <summary>Whether an entry of one chain keeps both of these texts: for deeds that are told of at least once.</summary>
    public Task<bool> Says(string subject, string text, string other, CancellationToken cancellationToken) =>
        context.Set<AuditEvent>().AnyAsync(row => row.Subject == subject && row.Detail.Contains(text) && row.Detail.Contains(other), cancellationToken);

    /// <summary>Whether a text is what an earlier page returned as next.</summary>
    public static bool IsPlace(string after) => Place(after) is not null;

    private static (DateTimeOffset At, int Sequence, string Id)? Place(string? after) =>
        after?.Split('~') is [var at, var number, { Length: > 0 } id] && int.TryParse(number, CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(at, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 253_402_300_800_000
            ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), sequence, id)
            : null;
}

/// <summary>What a search of the audit trail is restricted to; null or blank for no restriction.</summary>
public sealed record AuditFilter
{
    /// <summary>A chain such as <c>case:…</c>, or the chains of a kind: <c>case</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>The deed, e.g. <c>CaseAccepted</c>.</summary>
    public string? What { get; init; }

    public string? By { get; init; }

    /// <summary>At or after.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A page of the audit trail.</summary>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Items, string? Next);
