using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Cases;

/// <summary>Reads need lists (需求清单), as they are and as they were (S16, FA-030, PL-020).</summary>
public sealed class NeedQueries(ReliefDbContext context)
{
    /// <summary>The needs of an area as they stood at the end of a day, by case and item; those of cases that were closed by then are not on it.</summary>
    /// <param name="areaCode">The area; all below it counts with it.</param>
    /// <param name="on">The day, in China.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<ListedNeed>> ListOf(string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        var areas = await new AreaQueries(context).CodesUnder(areaCode, cancellationToken);
        var end = ChinaTime.StartOf(on.AddDays(1));
        var rows = await (from need in context.Set<NeedItem>()
                          join parent in context.Set<Case>() on need.CaseId equals parent.Id
                          join person in context.Set<Person>() on parent.PersonId equals person.Id
                          where areas.Contains(parent.AreaCode) && need.EmergencyId == null && need.CreatedAt < end && (parent.ClosedAt == null || parent.ClosedAt >= end)
                          orderby parent.Number, need.ItemCode, need.Id
                          select new { need.Id, need.CaseId, parent.Number, person.Name, parent.AreaCode, need.ItemCode, need.Family, need.Urgency, need.CreatedAt }).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.CaseId).Distinct().ToList();
        var changes = (await context.Set<NeedChange>().Where(row => ids.Contains(row.CaseId) && row.CreatedAt < end).ToListAsync(cancellationToken))
            .GroupBy(row => row.NeedItemId).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Sequence)!);
        return [.. rows.Select(row => changes.GetValueOrDefault(row.Id) is { } change
            ? new ListedNeed(row.CaseId, row.Number, row.Name, row.AreaCode, row.ItemCode, row.Family, row.Urgency, change.Status, change.Quantity, change.CreatedAt)
            : new ListedNeed(row.CaseId, row.Number, row.Name, row.AreaCode, row.ItemCode, row.Family, row.Urgency, NeedStatus.Registered, 0, row.CreatedAt))];
    }
}

/// <summary>One line of a need list.</summary>
/// <param name="Quantity">Units per month, once decided.</param>
/// <param name="Since">Since when it stood so.</param>
public sealed record ListedNeed(
    string CaseId, string CaseNumber, string Name, string AreaCode, string ItemCode, string Family, Urgency Urgency, NeedStatus Status, decimal Quantity, DateTimeOffset Since);
