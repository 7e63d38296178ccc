using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Visits;

/// <summary>Reads visits and service records.</summary>
public sealed class RecordQueries(ReliefDbContext context)
{
    /// <summary>A record, or none.</summary>
    public Task<VisitRecord?> Find(string recordId, CancellationToken cancellationToken) =>
        context.Set<VisitRecord>().FirstOrDefaultAsync(row => row.Id == recordId, cancellationToken);

    /// <summary>An order's records, by time.</summary>
    public async Task<IReadOnlyList<VisitRecord>> Of(string orderId, CancellationToken cancellationToken) =>
        await context.Set<VisitRecord>().Where(row => row.OrderId == orderId).OrderBy(row => row.StartAt).ToListAsync(cancellationToken);

    /// <summary>An order's planned visits, by time.</summary>
    public async Task<IReadOnlyList<VisitSlot>> Visits(string orderId, CancellationToken cancellationToken) =>
        await context.Set<VisitSlot>().Where(row => row.OrderId == orderId).OrderBy(row => row.PlannedStart).ToListAsync(cancellationToken);
}
