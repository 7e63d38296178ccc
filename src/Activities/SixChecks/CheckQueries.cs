using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Reads runs of the 666 check; the report is reckoned from its sheets and actions (INV-29).</summary>
public sealed class CheckQueries(ReliefDbContext context)
{
    /// <summary>A township's runs, newest first.</summary>
    public async Task<IReadOnlyList<CheckRun>> Of(string townshipCode, CancellationToken cancellationToken) =>
        await context.Set<CheckRun>().Where(row => row.AreaCode == townshipCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The six rows of a run's report.</summary>
    public async Task<IReadOnlyList<CheckRow>> Report(string runId, CancellationToken cancellationToken)
    {
        var sheets = await context.Set<CheckSheet>().Where(row => row.RunId == runId).OrderBy(row => row.Item).ToListAsync(cancellationToken);
        var ids = sheets.Select(sheet => sheet.Id).ToList();
        var signals = (await context.Set<CheckSubject>().Where(row => ids.Contains(row.SheetId) && row.Signal != null).GroupBy(row => row.SheetId)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken)).ToDictionary(group => group.Key, group => group.Count);
        var actions = (await Actions(runId, cancellationToken)).ToLookup(action => action.SheetId);
        return [.. sheets.Select(sheet => new CheckRow(
            sheet.Item, sheet.Population, sheet.Sampled, signals.GetValueOrDefault(sheet.Id), sheet.Checked, actions[sheet.Id].Count(), actions[sheet.Id].Count(),
            actions[sheet.Id].Count(action => action.Outcome is not null), sheet.Anomaly))];
    }

    /// <summary>A run's actions, by item and person.</summary>
    public async Task<IReadOnlyList<CheckAction>> Actions(string runId, CancellationToken cancellationToken) =>
        await context.Set<CheckAction>().Where(row => row.RunId == runId).OrderBy(row => row.SheetId).ThenBy(row => row.PersonId).ToListAsync(cancellationToken);

    /// <summary>Whom an item looks at, those about whom the records show something first.</summary>
    public async Task<IReadOnlyList<CheckSubject>> Subjects(string sheetId, CancellationToken cancellationToken) =>
        await context.Set<CheckSubject>().Where(row => row.SheetId == sheetId).OrderBy(row => row.Signal == null).ThenBy(row => row.PersonId).ToListAsync(cancellationToken);
}
