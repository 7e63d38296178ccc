using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Covers;

/// <summary>When the last day is over the supplier is out, and what it has delivered is settled township by township: accepted records stay payable (E05).</summary>
[ChangesRecords]
[Activity("Relief Suppliers", "Ends a supplier and starts its last settlements.", Chinese = "办理退出", Waits = true)]
public sealed class CloseExit : Activity
{
    private static readonly TimeOnly TenPast = new(0, 10);

    [Input("The supplier.", Chinese = "服务主体")]
    public required string SupplierId { get; init; }

    [Input("The last day of its services.", Chinese = "最后服务日")]
    public required DateOnly LastDay { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        // The month is settled when it is over, as every other one.
        var due = ChinaTime.At(new DateOnly(LastDay.Year, LastDay.Month, 1).AddMonths(1), TenPast);
        return due > context.Now ? new Waiting([Bookmark.Timer("over", due)]) : await Close(context, cancellationToken);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Close(context, cancellationToken);

    private async Task<ActivityResult> Close(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new SupplierBook(db).Set(SupplierId, SupplierStatus.Exited, "Left", context.DeedOf("exit"), cancellationToken);
        var covers = await new CoverBook(db).Of(SupplierId, cancellationToken);
        var ids = covers.Select(cover => cover.OrderId).ToList();
        var villages = await (from order in db.Set<Order>()
                              join parent in db.Set<Case>() on order.CaseId equals parent.Id
                              where ids.Contains(order.Id)
                              select parent.AreaCode).Distinct().ToListAsync(cancellationToken);
        HashSet<string> townships = [];
        foreach (var village in villages)
            townships.Add(await new AreaQueries(db).TownshipOf(village, cancellationToken));
        var county = covers.Count == 0 ? null : covers[0].CountyCode;
        return new Completed(Done) { Send = [.. townships.Order(StringComparer.Ordinal).Select(township => Settlement.StartSettlement.Of((county!, township, SupplierId), LastDay))] };
    }
}
