using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Reads appeals.</summary>
public sealed class AppealQueries(ReliefDbContext context)
{
    /// <summary>A matter with all that belongs to it; null when there is none.</summary>
    public async Task<AppealView?> View(string id, CancellationToken cancellationToken)
    {
        var book = new AppealBook(context);
        return await book.Find(id, cancellationToken) is { } appeal ? new AppealView(appeal, await book.Parties(id, cancellationToken), await book.Tracks(id, cancellationToken)) : null;
    }

    /// <summary>A county's matters, newest first; only the open ones when asked.</summary>
    public async Task<IReadOnlyList<Appeal>> Of(string countyCode, bool isOpen, CancellationToken cancellationToken) =>
        await context.Set<Appeal>().Where(row => row.CountyCode == countyCode && (!isOpen || row.Outcome == null)).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's figures from one day to another, both counted.</summary>
    public async Task<AppealFigures> Figures(string countyCode, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (first, last) = (ChinaTime.StartOf(from), ChinaTime.StartOf(to.AddDays(1)));
        var decisions = await context.Set<DecisionRecord>().Where(row => row.CountyCode == countyCode && row.CreatedAt >= first && row.CreatedAt < last).Select(row => row.Outcome).ToListAsync(cancellationToken);
        var appeals = await context.Set<Appeal>().Where(row => row.CountyCode == countyCode && row.CreatedAt >= first && row.CreatedAt < last).ToListAsync(cancellationToken);
        string[] ids = [.. appeals.Select(row => row.Id)];
        string[] changed = [.. appeals.Where(row => row.About == AppealAbout.Decision && row.Outcome is AppealEnd.Changed or AppealEnd.Revoked).Select(row => row.TargetId)];
        return new AppealFigures
        {
            Decisions = Counted(decisions.Select(outcome => outcome.ToString())),
            Appeals = appeals.Count, Late = appeals.Count(row => row.IsLate), Open = appeals.Count(row => row.Outcome is null),
            Appellants = await context.Set<AppealParty>().CountAsync(row => ids.Contains(row.AppealId), cancellationToken),
            About = Counted(appeals.Select(row => row.About.ToString())),
            Results = Counted(appeals.Select(row => row.Result?.ToString()).OfType<string>()),
            Outcomes = Counted(appeals.Select(row => row.Outcome?.ToString()).OfType<string>()),
            DenialsChanged = await context.Set<DecisionRecord>().CountAsync(row => row.CountyCode == countyCode && row.Outcome == DecisionOutcome.Denied && changed.Contains(row.Id), cancellationToken),
            Outside = await context.Set<ExternalTrack>().Where(row => ids.Contains(row.AppealId)).Select(row => row.AppealId).Distinct().CountAsync(cancellationToken),
            Owed = appeals.Sum(row => row.Owed)
        };
    }

    private static Dictionary<string, int> Counted(IEnumerable<string> words) => words.GroupBy(word => word, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());
}
