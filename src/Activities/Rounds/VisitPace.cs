using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Marks reports of visits that nobody can have made in so short a time: 20 in 10 minutes, unless policy says otherwise (P18, audit).</summary>
public sealed class VisitPace(ReliefDbContext context)
{
    /// <summary>A report that is about to be kept, marked when with it somebody has made so many visits within the minutes of the policy; those around it are marked too.</summary>
    public async Task<HomeReport> Look(HomeReport report, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(context);
        var many = await parameters.Whole("visit.pace.count", report.CountyCode, report.VisitedOn, cancellationToken);
        var span = TimeSpan.FromMinutes(await parameters.Whole("visit.pace.minutes", report.CountyCode, report.VisitedOn, cancellationToken));
        await context.LockWord("visit-pace:" + report.VisitedBy, cancellationToken);
        var (from, to) = (report.VisitedAt - span, report.VisitedAt + span);
        var around = await context.Set<HomeReport>().Where(row => row.VisitedBy == report.VisitedBy && row.VisitedAt >= from && row.VisitedAt <= to).ToListAsync(cancellationToken);
        List<HomeReport> all = [.. around.Append(report).OrderBy(row => row.VisitedAt).ThenBy(row => row.Id, StringComparer.Ordinal)];
        var marked = Enumerable.Range(0, Math.Max(0, all.Count - many + 1)).Where(first => many > 1 && all[first + many - 1].VisitedAt - all[first].VisitedAt <= span)
            .SelectMany(first => all[first..(first + many)]).ToHashSet();
        if (!marked.Contains(report))
            return report;
        var others = marked.Where(row => row != report).Select(row => row.Id).ToList();
        await context.Set<HomeReport>().Where(row => others.Contains(row.Id) && row.FlaggedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.FlaggedAt, report.CreatedAt), cancellationToken);
        return report with { FlaggedAt = report.CreatedAt, PaceAlarm = marked.All(row => row.FlaggedAt is null) };
    }
}
