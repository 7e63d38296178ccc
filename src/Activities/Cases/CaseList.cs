using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Cases;

/// <summary>Lists cases, newest first.</summary>
public sealed class CaseList(ReliefDbContext context)
{
    /// <summary>At most <c>Take</c> cases that fit, older than the one whose id is <c>After</c>.</summary>
    public async Task<IReadOnlyList<Case>> Find(CaseFilter filter, CancellationToken cancellationToken)
    {
        var rows = context.Set<Case>().AsQueryable();
        if (filter.PersonId is { } person)
            rows = rows.Where(row => row.PersonId == person);
        if (filter.Number is { } number)
            rows = rows.Where(row => row.Number == number);
        if (filter.ApplicationId is { } application)
            rows = rows.Where(row => row.ApplicationId == application);
        if (filter.AreaCode is { } area)
            rows = rows.Where(row => row.AreaCode.StartsWith(area));
        if (filter.Status is { } status)
            rows = rows.Where(row => row.Status == status);
        if (filter.After is { } after)
#pragma warning disable CA1309, CA1310, CA1307 // translated into the database's own comparison of ids, which are plain ASCII
            rows = rows.Where(row => string.Compare(row.Id, after) < 0);
#pragma warning restore CA1309, CA1310, CA1307
        return await rows.OrderByDescending(row => row.Id).Take(filter.Take).ToListAsync(cancellationToken);
    }
}

/// <summary>What a list of cases is restricted to; areas with all below them.</summary>
public sealed record CaseFilter(
    string? PersonId, string? Number, string? ApplicationId, string? AreaCode, CaseStatus? Status, string? After, int Take);
