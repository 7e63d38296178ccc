using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Grids;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Reads rounds, the visits that are owed, and how units keep to them: always sums of the visits themselves (INV-29).</summary>
public sealed class RoundQueries(ReliefDbContext context)
{
    private static readonly HomeVisitStatus[] Owed = [HomeVisitStatus.Open, HomeVisitStatus.Done, HomeVisitStatus.Refused, HomeVisitStatus.Missed];

    /// <summary>A county's rounds, newest first.</summary>
    public async Task<IReadOnlyList<VisitRound>> Of(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<VisitRound>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.StartsOn).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A visit, or none.</summary>
    public Task<HomeVisit?> Visit(string id, CancellationToken cancellationToken) => context.Set<HomeVisit>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The reports of a visit, oldest first; what served it too stands at the visit it was handed in for.</summary>
    public async Task<IReadOnlyList<HomeReport>> Reports(HomeVisit visit, CancellationToken cancellationToken) =>
        await context.Set<HomeReport>().Where(row => row.VisitId == visit.Id || row.Id == visit.ReportId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Visits by id, after one of them: of a village, of whoever has a cell today, of one state, as asked.</summary>
    public async Task<IReadOnlyList<HomeVisit>> Visits(VisitWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var villages = wish.Worker is { } worker ? await new GridQueries(context).VillagesOf(worker, ChinaTime.DayOf(now), cancellationToken) : null;
        return await context.Set<HomeVisit>()
            .Where(row => (wish.RoundId == null || row.RoundId == wish.RoundId) && (wish.AreaCode == null || row.AreaCode == wish.AreaCode) && (wish.PersonId == null || row.PersonId == wish.PersonId)
                && (wish.Status == null || row.Status == wish.Status) && (villages == null || villages.Contains(row.AreaCode)) && (wish.After == null || row.Id.CompareTo(wish.After) > 0))
            .OrderBy(row => row.Id).Take(wish.Take).ToListAsync(cancellationToken);
    }

    /// <summary>How the units of a round keep to a duty, by their codes: villages, or townships for the street's.</summary>
    public async Task<IReadOnlyList<UnitCompliance>> Units(VisitRound round, VisitDuty duty, CancellationToken cancellationToken)
    {
        var groups = await context.Set<HomeVisit>().Where(row => row.RoundId == round.Id && row.Duty == duty)
            .GroupBy(row => new { row.AreaCode, row.Status }).Select(group => new { group.Key.AreaCode, group.Key.Status, Count = group.Count() }).ToListAsync(cancellationToken);
        var flagged = await context.Set<HomeVisit>().Where(row => row.RoundId == round.Id && row.Duty == duty && row.ReportId != null)
            .Where(row => context.Set<HomeReport>().Any(report => report.Id == row.ReportId && report.FlaggedAt != null))
            .GroupBy(row => row.AreaCode).Select(group => new { AreaCode = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var unitOf = await Unit(duty, [.. groups.Select(group => group.AreaCode).Distinct()], cancellationToken);
        return
        [
            .. groups.GroupBy(group => unitOf[group.AreaCode]).OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit =>
            {
                int Count(params HomeVisitStatus[] statuses) => unit.Where(group => statuses.Contains(group.Status)).Sum(group => group.Count);
                var (required, visited) = (Count(Owed), Count(HomeVisitStatus.Done, HomeVisitStatus.Refused));
                return new UnitCompliance(
                    unit.Key, required, visited, Count(HomeVisitStatus.Open), Count(HomeVisitStatus.Missed), flagged.Where(group => unitOf[group.AreaCode] == unit.Key).Sum(group => group.Count),
                    required == 0 ? null : decimal.Round((decimal)visited / required, 4));
            })
        ];
    }

    /// <summary>Each of these areas with the township it belongs to.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Townships(IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var areas = await context.Set<AreaUnit>().Where(row => codes.Contains(row.Code)).ToListAsync(cancellationToken);
        return codes.ToDictionary(code => code, code => areas.FirstOrDefault(area => area.Code == code) is { Level: AreaLevel.Village, ParentCode: { } township } ? township : code);
    }

    private async Task<IReadOnlyDictionary<string, string>> Unit(VisitDuty duty, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        duty == VisitDuty.Street ? await Townships(codes, cancellationToken) : codes.ToDictionary(code => code);
}
