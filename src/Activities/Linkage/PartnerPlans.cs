using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Linkage;

/// <summary>Reads the versions of a partner's plan.</summary>
internal sealed class PartnerPlans(ReliefDbContext context)
{
    /// <summary>How often the plan was returned.</summary>
    public Task<int> Returns(string orderId, CancellationToken cancellationToken) =>
        context.Set<PlanVersion>().CountAsync(row => row.OrderId == orderId && row.Status == PlanStatus.Returned, cancellationToken);

    /// <summary>Why it was returned last, or none.</summary>
    public Task<string?> LastReturn(string orderId, CancellationToken cancellationToken) =>
        context.Set<PlanVersion>().Where(row => row.OrderId == orderId && row.Status == PlanStatus.Returned)
            .OrderByDescending(row => row.Version).Select(row => row.ReturnReason).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The latest version, or none.</summary>
    public Task<PlanVersion?> Latest(string orderId, CancellationToken cancellationToken) =>
        context.Set<PlanVersion>().Where(row => row.OrderId == orderId).OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
}
