using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>Reads the policy library.</summary>
public sealed class PolicyQueries(ReliefDbContext context)
{
    /// <summary>An entry, or none.</summary>
    public Task<PolicyEntry?> Find(string id, CancellationToken cancellationToken) => context.Set<PolicyEntry>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>What holds in a county on a day, of one class when asked, by class and code.</summary>
    public async Task<IReadOnlyList<PolicyEntry>> On(string countyCode, PolicyClass? about, DateOnly day, CancellationToken cancellationToken) =>
        await context.Set<PolicyEntry>()
            .Where(row => row.CountyCode == countyCode && row.Status == PolicyStatus.Approved && (about == null || row.Class == about) && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
            .OrderBy(row => row.Class).ThenBy(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>Whether an organisation of the county has this id.</summary>
    public Task<bool> Knows(string countyCode, string? department, CancellationToken cancellationToken) =>
        context.Set<Organisation>().AnyAsync(row => row.Id == department && row.CountyCode == countyCode, cancellationToken);

    /// <summary>What the departments of entries are called.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Departments(IReadOnlyList<PolicyEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(entry => entry.Department).Distinct().ToList();
        return await context.Set<Organisation>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
    }

    /// <summary>All versions of a policy, the newest first.</summary>
    public async Task<IReadOnlyList<PolicyEntry>> Versions(string countyCode, string code, CancellationToken cancellationToken) =>
        await context.Set<PolicyEntry>().Where(row => row.CountyCode == countyCode && row.Code == code).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);
}
