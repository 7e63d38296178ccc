using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Looks findings of an item through and makes the actions of them (六落实).</summary>
/// <param name="context">The open records.</param>
/// <param name="run">The run.</param>
/// <param name="sheet">The item.</param>
public sealed class FindingDesk(ReliefDbContext context, CheckRun run, CheckSheet sheet)
{
    private const int MostText = 1_000;

    private ActionKind Kind => (ActionKind)(sheet.Item - 1);

    /// <summary>What is wrong with findings: a stable code; null when they can be kept.</summary>
    public async Task<string?> Problem(IReadOnlyList<CheckFinding> findings, DateOnly today, CancellationToken cancellationToken)
    {
        if (findings.Any(finding => string.IsNullOrWhiteSpace(finding.What) || finding.What.Length > MostText) || findings.Select(finding => finding.PersonId).Distinct().Count() != findings.Count)
            return "FindingsUnfit";
        var people = findings.Select(finding => finding.PersonId).ToList();
        if (await context.Set<CheckSubject>().CountAsync(row => row.SheetId == sheet.Id && people.Contains(row.PersonId), cancellationToken) != people.Count)
            return "PersonNotDrawn";
        var (least, most) = await Days(today, cancellationToken);
        if (findings.Any(finding => finding.DueOn is { } due && (due < today.AddDays(least) || due > today.AddDays(most))))
            return "DueInvalid";
        if (Kind != ActionKind.KinFiling)
            return null;
        var staff = findings.Select(finding => finding.StaffId ?? "").Distinct().ToList();
        if (findings.Any(finding => finding.Relation is not { Length: > 0 and <= 50 }) || await context.Set<StaffMember>().CountAsync(row => staff.Contains(row.Id), cancellationToken) != staff.Count)
            return "RelationMissing";
        var cases = await Cases(people, cancellationToken);
        return people.TrueForAll(person => cases.ContainsKey(person!)) ? null : "CaseUnknown";
    }

    /// <summary>The actions of findings that were looked through; the township does them, and the county what concerns the staff's relatives.</summary>
    public async Task<IReadOnlyList<CheckAction>> Actions(IReadOnlyList<CheckFinding> findings, Deed deed, CancellationToken cancellationToken)
    {
        var today = Calendar.ChinaTime.DayOf(deed.At);
        var (_, most) = await Days(today, cancellationToken);
        var cases = await Cases([.. findings.Select(finding => finding.PersonId)], cancellationToken);
        return [.. findings.Select(finding => new CheckAction
        {
            Id = $"{sheet.Id}-{finding.PersonId}", CountyCode = run.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = run.AreaCode, SheetId = sheet.Id, RunId = run.Id, Kind = Kind,
            PersonId = finding.PersonId!, Finding = finding.What!, Owner = Kind == ActionKind.KinFiling ? run.CountyCode : run.AreaCode, DueOn = finding.DueOn ?? today.AddDays(most),
            CaseId = cases.GetValueOrDefault(finding.PersonId!), KinStaff = Kind == ActionKind.KinFiling ? finding.StaffId : null, Relation = Kind == ActionKind.KinFiling ? finding.Relation : null
        })];
    }

    private async Task<(int Least, int Most)> Days(DateOnly today, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(context);
        return (await parameters.Whole("check666.action.least", run.AreaCode, today, cancellationToken), await parameters.Whole("check666.action", run.AreaCode, today, cancellationToken));
    }

    private async Task<Dictionary<string, string>> Cases(IReadOnlyList<string?> people, CancellationToken cancellationToken) =>
        (await context.Set<Case>().Where(row => people.Contains(row.PersonId) && row.ClosedAt == null).OrderBy(row => row.Id).Select(row => new { row.PersonId, row.Id }).ToListAsync(cancellationToken))
        .GroupBy(row => row.PersonId).ToDictionary(person => person.Key, person => person.First().Id);
}
