using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Kin;

/// <summary>Reads declarations and filings: for the county, auditors and who is concerned, never for the public.</summary>
public sealed class KinQueries(ReliefDbContext context)
{
    private static readonly OrganisationKind[] Declaring = [OrganisationKind.CountyBureau, OrganisationKind.Township, OrganisationKind.VillageCommittee, OrganisationKind.SocialWorkStation];

    /// <summary>A filing; null when there is none.</summary>
    public Task<KinFilingRecord?> Find(string id, CancellationToken cancellationToken) => context.Set<KinFilingRecord>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A county's filings, newest first; only the open ones when asked.</summary>
    public async Task<IReadOnlyList<KinFilingRecord>> Of(string countyCode, bool isOpen, CancellationToken cancellationToken) =>
        await context.Set<KinFilingRecord>().Where(row => row.CountyCode == countyCode && (!isOpen || row.Status == KinFilingStatus.Open))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A year's statements of a county, newest first.</summary>
    public async Task<IReadOnlyList<KinStatement>> Statements(string countyCode, int year, CancellationToken cancellationToken) =>
        await context.Set<KinStatement>().Where(row => row.CountyCode == countyCode && row.Year == year).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's year.</summary>
    public async Task<KinReport> Report(string countyCode, int year, CancellationToken cancellationToken)
    {
        var staff = await (from member in context.Set<StaffMember>()
                           join unit in context.Set<Organisation>() on member.UnitId equals unit.Id
                           where member.CountyCode == countyCode && member.Active && Declaring.Contains(unit.Kind)
                           orderby member.Id
                           select member.Id).ToListAsync(cancellationToken);
        var due = await new KinMatch(context).DueOn(countyCode, year, cancellationToken);
        var first = (await Statements(countyCode, year, cancellationToken)).GroupBy(row => row.StaffId).ToDictionary(made => made.Key, made => made.Min(row => ChinaTime.DayOf(row.CreatedAt)));
        var (from, to) = (ChinaTime.At(new DateOnly(year, 1, 1), TimeOnly.MinValue), ChinaTime.At(new DateOnly(year + 1, 1, 1), TimeOnly.MinValue));
        var filings = await context.Set<KinFilingRecord>().Where(row => row.CountyCode == countyCode && row.CreatedAt >= from && row.CreatedAt < to).ToListAsync(cancellationToken);
        return new KinReport
        {
            Year = year, DueOn = due, Staff = staff.Count,
            DeclaredInTime = staff.Count(id => first.TryGetValue(id, out var day) && day <= due), DeclaredLate = staff.Count(id => first.TryGetValue(id, out var day) && day > due),
            Missing = [.. staff.Where(id => !first.ContainsKey(id))],
            Hits = filings.Count, Filed = filings.Count(row => row.Status == KinFilingStatus.Filed), FiledLate = filings.Count(row => row.Status == KinFilingStatus.Filed && row.FiledAt > row.DueAt),
            NotKin = filings.Count(row => row.Status == KinFilingStatus.NotKin), Open = filings.Count(row => row.Status == KinFilingStatus.Open),
            FoundAfterDecision = filings.Count(row => row.DecisionId is not null),
            DecisionStands = filings.Count(row => row.Recheck == KinRecheck.DecisionStands), DecisionRevoked = filings.Count(row => row.Recheck == KinRecheck.DecisionRevoked)
        };
    }
}
