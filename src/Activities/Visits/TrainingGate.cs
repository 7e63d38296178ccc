using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Finds a worker who may do a visit: active, trained for the item on that day, checked within a year for a minor (INV-16).</summary>
/// <remarks>Of several the first by id who has no other visit at that time; whoever declined is passed over.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Finds a worker with valid training for a visit.", Chinese = "上岗资格核验")]
[Outcomes("Ok", "Blocked")]
public sealed class TrainingGate : Activity
{
    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    [Input("Workers not to ask.", Chinese = "排除人员")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    [Output("The worker.", Chinese = "服务人员")]
    public string WorkerId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var fit = await Fit(db, slot, cancellationToken);
        if (fit.FirstOrDefault(id => !Exclude.Contains(id)) is { } worker)
        {
            WorkerId = worker;
            return new Completed("Ok");
        }

        var scene = await new OrderScenes(db).Of(slot.OrderId, cancellationToken);
        await new VisitBook(db).End(VisitId, VisitStatus.Cancelled, cancellationToken);
        return new Completed("Blocked")
        {
            Send = [ActivityDeeds.Tell("visit.noWorker", "S", scene.Order.SupplierId!, new { visit = VisitId }), ActivityDeeds.Tell("visit.noWorker", "C", scene.TownshipCode, new { visit = VisitId })]
        };
    }

    /// <summary>The workers who may do a visit, in the order in which to ask them.</summary>
    internal static async Task<IReadOnlyList<string>> Fit(ReliefDbContext db, VisitSlot slot, CancellationToken cancellationToken)
    {
        var qualified = await Qualified(db, slot, cancellationToken);
        var taken = await db.Set<VisitSlot>()
            .Where(row => row.Id != slot.Id && row.WorkerId != null && qualified.Contains(row.WorkerId) && row.Status == VisitStatus.Dispatched
                && row.PlannedStart < slot.PlannedEnd && row.PlannedEnd > slot.PlannedStart)
            .Select(row => row.WorkerId!).ToListAsync(cancellationToken);
        return [.. qualified.Where(id => !taken.Contains(id))];
    }

    /// <summary>Those of the order's supplier who are active and trained, for a child checked, on the day of the visit, by id (INV-16); the database asks the same.</summary>
    internal static async Task<IReadOnlyList<string>> Qualified(ReliefDbContext db, VisitSlot slot, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(slot.PlannedStart);
        var order = await db.Set<Order>().SingleAsync(row => row.Id == slot.OrderId, cancellationToken);
        var item = await new CatalogueQueries(db).Find(slot.ItemCode, cancellationToken);
        var facts = await new PersonQueries(db).Facts(slot.PersonId, day, cancellationToken);
        // Nobody is paid for a day after the licence of the supplier has run out: nobody is sent (E05).
        if (await new SupplierQueries(db).Find(order.SupplierId!, cancellationToken) is { LicenceUntil: { } until } && until < day)
            return [];
        return
        [
            .. (await new SupplierQueries(db).Trained(order.SupplierId!, item?.TrainingCode, day, cancellationToken))
                .Where(worker => !facts!.Minor || worker.BackgroundCheckedOn?.AddYears(1) >= day).Select(worker => worker.Id).Order(StringComparer.Ordinal)
        ];
    }
}
