using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Organisations;

/// <summary>Reads the register of organisations.</summary>
public sealed class OrganisationQueries(ReliefDbContext context)
{
    /// <summary>What these organisations are called, by id; ids that are none are not there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await context.Set<Organisation>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
}
