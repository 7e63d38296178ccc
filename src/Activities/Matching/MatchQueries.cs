using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Discoveries;

namespace Relief.Flow.Activities.Matching;

/// <summary>Reads runs, what they wait for, their hits and figures (P17).</summary>
public sealed class MatchQueries(ReliefDbContext context)
{
    /// <summary>A county's runs, newest first.</summary>
    public async Task<IReadOnlyList<MatchRun>> Of(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<MatchRun>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The data sets that a run's rules ask for, with what has come of each.</summary>
    public async Task<IReadOnlyList<AwaitedData>> Awaited(MatchRun run, CancellationToken cancellationToken)
    {
        var files = (await context.Set<MatchFile>().Where(row => row.RunId == run.Id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken)).ToLookup(file => file.DataSet);
        return [.. (await new RuleBook(context).Of(run.CountyCode, run.RuleVersion, cancellationToken)).Select(rule => new AwaitedData(rule, [.. files[rule.DataSet]]))];
    }

    /// <summary>The rows of a run that were refused, file by file and line by line.</summary>
    public async Task<IReadOnlyList<MatchRefusal>> Refusals(string runId, CancellationToken cancellationToken) =>
        await context.Set<MatchRefusal>().Where(row => row.RunId == runId).OrderBy(row => row.FileId).ThenBy(row => row.Line).ToListAsync(cancellationToken);

    /// <summary>The hits of a run, by id; of one class and one state when asked.</summary>
    public async Task<IReadOnlyList<MatchHit>> Hits(string runId, WarningClass? warning, HitStatus? status, CancellationToken cancellationToken) =>
        await context.Set<MatchHit>().Where(row => row.RunId == runId && (warning == null || row.Warning == warning) && (status == null || row.Status == status))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What came of a run, as of now.</summary>
    public async Task<MatchFigures> Figures(MatchRun run, CancellationToken cancellationToken)
    {
        var groups = await context.Set<MatchHit>().Where(row => row.RunId == run.Id).GroupBy(row => new { row.Warning, row.Status, row.Suppressed })
            .Select(group => new { group.Key.Warning, group.Key.Status, group.Key.Suppressed, Count = group.Count() }).ToListAsync(cancellationToken);
        var home = groups.Where(group => group.Warning is WarningClass.A or WarningClass.B).ToList();
        var checks = home.Where(group => group.Status is HitStatus.Confirmed or HitStatus.NotConfirmed or HitStatus.Unreachable).Sum(group => group.Count);
        var discoveries = home.Where(group => group.Status == HitStatus.Confirmed).Sum(group => group.Count);
        var entrants = await NewEntrants(run, cancellationToken);
        var losses = (await Awaited(run, cancellationToken)).Where(awaited => awaited.Rule.Warning == WarningClass.C).ToList();
        var recipients = run.Recipients ?? 0;
        return new MatchFigures(
            groups.Sum(group => group.Count),
            groups.GroupBy(group => group.Warning.ToString()).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            groups.GroupBy(group => group.Status.ToString()).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            groups.Where(group => group.Suppressed is not null).GroupBy(group => group.Suppressed!.ToString()!).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            checks, Share(discoveries, checks), discoveries, await Included(run.Id, cancellationToken), entrants, Share(discoveries, entrants), recipients,
            run.MatchedAt is null || recipients == 0 ? null : Share(losses.Count(awaited => awaited.HasCome), losses.Count));
    }

    private static decimal? Share(int part, int whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 4);

    private Task<int> Included(string runId, CancellationToken cancellationToken) => context.Set<Discovery>().CountAsync(
        found => found.Origin == DiscoveryOrigin.DataMatch && context.Set<MatchHit>().Any(hit => hit.Id == found.OriginId && hit.RunId == runId)
            && context.Set<Case>().Any(row => row.PersonId == found.PersonId && row.OpenedAt >= found.CreatedAt), cancellationToken);

    private async Task<int> NewEntrants(MatchRun run, CancellationToken cancellationToken)
    {
        var month = DateOnly.ParseExact(run.Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (from, to) = (ChinaTime.StartOf(month), ChinaTime.StartOf(month.AddMonths(1)));
        return await context.Set<Case>().Where(row => row.CountyCode == run.CountyCode)
            .Join(context.Set<DecisionRecord>().Where(row => row.Outcome == DecisionOutcome.Confirmed), file => file.Id, decision => decision.CaseId, (file, decision) => new { file.PersonId, decision.CreatedAt })
            .GroupBy(confirmed => confirmed.PersonId).Select(person => person.Min(one => one.CreatedAt))
            .CountAsync(first => first >= from && first < to, cancellationToken);
    }
}
