using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Adapters;

/// <summary>Compares what an outside system has with what it should have, once a day, and finds what has to be sent again.</summary>
public sealed class ReconciliationBook(ReliefDbContext context)
{
    private const int AtOnce = 500;

    /// <summary>The comparison of a county with a system on a day, or none.</summary>
    public Task<Reconciliation?> Find(string countyCode, string adapter, DateOnly day, CancellationToken cancellationToken)
    {
        var id = IdOf(countyCode, adapter, day);
        return context.Set<Reconciliation>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>A county's comparisons with a system, newest first.</summary>
    public async Task<IReadOnlyList<Reconciliation>> Of(string countyCode, string adapter, CancellationToken cancellationToken) =>
        await context.Set<Reconciliation>().Where(row => row.CountyCode == countyCode && row.Adapter == adapter).OrderByDescending(row => row.OnDay).Take(100).ToListAsync(cancellationToken);

    /// <summary>Compares by the number and the hash that each was sent with; the comparison of the day stands, and is returned with nothing to send.</summary>
    /// <param name="of">County and system.</param>
    /// <param name="theirs">What it has: number and hash.</param>
    /// <param name="deed">Who compares, and when.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The comparison; what is sent again with it is kept as well, and waits to be begun (<see cref="Unsent"/>).</returns>
    public async Task<Reconciliation> Compare(
        (string County, string Adapter) of, IReadOnlyDictionary<string, string> theirs, Deed deed, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(deed.At);
        var id = IdOf(of.County, of.Adapter, day);
        await context.LockWord(id, cancellationToken);
        if (await Find(of.County, of.Adapter, day, cancellationToken) is { } known)
            return known;
        var sent = await context.Set<Exchange>().Where(row => row.CountyCode == of.County && row.Adapter == of.Adapter).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Subject, row.Status, row.ContentHash }).ToListAsync(cancellationToken);
        var latest = sent.GroupBy(row => row.Subject).Select(same => same.Last()).ToList();
        // What is on its way or with people now is not missing yet.
        var ours = latest.Where(row => row.Status is ExchangeStatus.Delivered or ExchangeStatus.ByHand).ToList();
        var missing = ours.Where(row => !theirs.ContainsKey(row.Subject)).ToList();
        var different = ours.Where(row => theirs.TryGetValue(row.Subject, out var hash) && hash != row.ContentHash).ToList();
        var subjects = latest.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        var found = new Reconciliation
        {
            Id = id, CountyCode = of.County, CreatedAt = deed.At, CreatedBy = deed.By, Adapter = of.Adapter, OnDay = day, Ours = ours.Count, Theirs = theirs.Count,
            Missing = [.. missing.Select(row => row.Subject)], Different = [.. different.Select(row => row.Subject)], Unknown = [.. theirs.Keys.Where(key => !subjects.Contains(key)).Order(StringComparer.Ordinal)]
        };
        await context.Insert(found, cancellationToken);
        foreach (var some in missing.Concat(different).Select(row => row.Id).Chunk(AtOnce))
        {
            foreach (var row in await context.Set<Exchange>().Where(row => some.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
                await new ExchangeBook(context).Open(EntryOf(row), deed with { Key = KeyOf(id, row.Subject) }, cancellationToken);
        }

        return found;
    }

    /// <summary>What a comparison sends again and has not come to an end, in no order: to begin it, once more if need be, is always right.</summary>
    public async Task<IReadOnlyList<string>> Unsent(Reconciliation found, CancellationToken cancellationToken)
    {
        List<string> unsent = [];
        foreach (var some in found.Missing.Concat(found.Different).Select(subject => ExchangeBook.IdOf(KeyOf(found.Id, subject))).Chunk(AtOnce))
            unsent.AddRange(await context.Set<Exchange>().Where(row => some.Contains(row.Id) && row.Status == ExchangeStatus.Waiting).Select(row => row.Id).ToListAsync(cancellationToken));
        return unsent;
    }

    private static ExchangeEntry EntryOf(Exchange row) => new(row.Adapter, row.Operation, row.Subject, JsonNode.Parse(row.Body)!.AsObject())
    {
        CountyCode = row.CountyCode, LegalBasis = row.LegalBasis, Path = row.Path, PersonId = row.PersonId, CaseId = row.CaseId, AgreementId = row.AgreementId, IsMirror = row.IsMirror
    };

    private static string KeyOf(string id, string subject) => $"{id}:{subject}";

    private static string IdOf(string county, string adapter, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{county}-{adapter}-{day:yyyyMMdd}");
}
