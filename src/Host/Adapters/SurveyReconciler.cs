using System.Collections.Concurrent;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Adapters;

/// <summary>Asks the big-data system once a day which surveys it has, and sends again what it has not or has otherwise (S05).</summary>
/// <remarks>Of two nodes one writes the day's comparison. A system that is away is asked again ten minutes later; nothing is compared with half a list.</remarks>
internal sealed class SurveyReconciler(ReliefRecords records, OutboxCalls calls, AdapterAddresses addresses, ILogger<SurveyReconciler> logger) : EvenDuty(TimeSpan.FromMinutes(10))
{
    private const int MostPages = 10_000;

    // The last day on which a county was compared and what was missing was seen to leave.
    private readonly ConcurrentDictionary<string, DateOnly> done = new(StringComparer.Ordinal);

    /// <summary>Compares every county that has not been compared today; how many were.</summary>
    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        if (!addresses.Has(Adapter.Surveys))
            return 0;
        var (compared, today) = (0, ChinaTime.DayOf(await records.Now(cancellationToken)));
        await using var db = records.ReadingAll();
        foreach (var county in await new AreaQueries(db).Counties(cancellationToken))
        {
            if (done.TryGetValue(county.Code, out var day) && day == today)
                continue;
            var found = await new ReconciliationBook(db).Find(county.Code, Adapter.Surveys, today, cancellationToken);
            if (found is null && await Theirs(county.Code, cancellationToken) is { } theirs)
            {
                found = await Compare(county.Code, theirs, cancellationToken);
                compared++;
            }

            if (found is null)
                continue;
            // Another process may have stopped between the comparison and its sending.
            foreach (var exchange in await new ReconciliationBook(db).Unsent(found, cancellationToken))
                await records.Begin(exchange, found.CreatedBy, cancellationToken);
            done[county.Code] = today;
        }

        return compared;
    }

    protected override Task Once(CancellationToken cancellationToken) => RunOnce(cancellationToken);

    protected override void Failed(Exception exception) => Log.ReconciliationFailed(logger, exception);

    private async Task<Reconciliation> Compare(string county, IReadOnlyDictionary<string, string> theirs, CancellationToken cancellationToken)
    {
        var deed = await records.DeedOf("system", cancellationToken);
        return await records.Change(db => new ReconciliationBook(db).Compare((county, Adapter.Surveys), theirs, deed, cancellationToken), cancellationToken);
    }

    // Page by page; null when a page did not come.
    private async Task<IReadOnlyDictionary<string, string>?> Theirs(string county, CancellationToken cancellationToken)
    {
        Dictionary<string, string> theirs = new(StringComparer.Ordinal);
        string? after = "";
        for (var page = 0; after is not null; page++)
        {
            var reply = await calls.Look(Adapter.Surveys, $"surveys?county={county}&after={Uri.EscapeDataString(after)}", await records.Now(cancellationToken), cancellationToken);
            if (page >= MostPages || reply is not { Error: null, Status: 200 } || FormData.Read<Page>(reply.Body) is not { Items: { } items } read)
            {
                Log.ReconciliationWithoutList(logger, county, reply.Status);
                return null;
            }

            foreach (var item in items.Where(item => item.SurveyId is not null))
                theirs[item.SurveyId!] = item.Hash ?? "";
            after = string.IsNullOrEmpty(read.Next) ? null : read.Next;
        }

        return theirs;
    }

    private sealed record Page(Item[]? Items, string? Next);

    private sealed record Item(string? SurveyId, string? Hash);
}
