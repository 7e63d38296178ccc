using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The versions of a household's plan. They have no price, so an order in service may get a new one.</summary>
public sealed class HouseholdPlans(ReliefDbContext context)
{
    /// <summary>Submits the next version; its number.</summary>
    public async Task<int> Submit(string orderId, (string Goals, string Content) plan, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Order>(orderId, cancellationToken);
        var version = await context.Set<PlanVersion>().CountAsync(row => row.OrderId == orderId, cancellationToken) + 1;
        await context.Insert(new PlanVersion
        {
            Id = deed.NewId(),
            OrderId = orderId,
            Version = version,
            Goals = plan.Goals,
            ScheduleRule = plan.Content,
            Status = PlanStatus.Submitted,
            SubmittedBy = deed.By,
            SubmittedAt = deed.At
        }, cancellationToken);
        return version;
    }

    /// <summary>The household's answer to the latest version.</summary>
    public async Task Answer(string orderId, bool isAgreed, string said, Deed deed, CancellationToken cancellationToken)
    {
        var plan = await context.Set<PlanVersion>().Where(row => row.OrderId == orderId).OrderByDescending(row => row.Version).FirstAsync(cancellationToken);
        await context.Replace(isAgreed
            ? plan with { Status = PlanStatus.Agreed, AgreedBy = said, AgreedAt = deed.At }
            : plan with { Status = PlanStatus.Returned, ReturnReason = said }, cancellationToken);
    }

    /// <summary>When the first version was agreed: the day from which reviews are counted.</summary>
    public async Task<DateTimeOffset> Began(string orderId, CancellationToken cancellationToken) =>
        (await context.Set<PlanVersion>().Where(row => row.OrderId == orderId && row.AgreedAt != null).OrderBy(row => row.Version).FirstAsync(cancellationToken)).AgreedAt!.Value;
}
