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
        List<string> qualified = [.. (await Qualified(db, [slot], cancellationToken))[slot.Id]];
        var taken = await db.Set<VisitSlot>()
            .Where(row => row.Id != slot.Id && row.WorkerId != null && qualified.Contains(row.WorkerId) && row.Status == VisitStatus.Dispatched
                && row.PlannedStart < slot.PlannedEnd && row.PlannedEnd > slot.PlannedStart)
            .Select(row => row.WorkerId!).ToListAsync(cancellationToken);
        return [.. qualified.Where(id => !taken.Contains(id))];
    }

    /// <summary>By visit those of its order's supplier who are active and trained, for a child checked, on its day, by id (INV-16); the database asks the same.</summary>
    /// <remarks>As many statements for a month of visits as for one.</remarks>
    internal static async Task<ILookup<string, string>> Qualified(ReliefDbContext db, IReadOnlyList<VisitSlot> visits, CancellationToken cancellationToken)
    {
        string[] orders = [.. visits.Select(visit => visit.OrderId).Distinct()], people = [.. visits.Select(visit => visit.PersonId).Distinct()], codes = [.. visits.Select(visit => visit.ItemCode).Distinct()];
        var suppliers = await db.Set<Order>().Where(order => orders.Contains(order.Id)).ToDictionaryAsync(order => order.Id, order => order.SupplierId!, cancellationToken);
        var births = await db.Set<Person>().Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.BirthDate, cancellationToken);
        var courses = await db.Set<CatalogueItem>().Where(item => codes.Contains(item.Code)).ToDictionaryAsync(item => item.Code, item => item.TrainingCode, cancellationToken);
        string[] asked = [.. suppliers.Values.Distinct()];
        var licences = await db.Set<Supplier>().Where(supplier => asked.Contains(supplier.Id)).ToDictionaryAsync(supplier => supplier.Id, supplier => supplier.LicenceUntil, cancellationToken);
        var workers = await new SupplierQueries(db).Trained(asked, cancellationToken);
        return (from visit in visits
                let day = ChinaTime.DayOf(visit.PlannedStart)
                where licences.GetValueOrDefault(suppliers[visit.OrderId]) is not { } until || until >= day   // nobody is paid for a day after it: nobody is sent (E05)
                from worker in workers
                where worker.Worker.SupplierId == suppliers[visit.OrderId] && worker.IsTrained(courses.GetValueOrDefault(visit.ItemCode), day)
                    && (PersonQueries.AgeOn(births[visit.PersonId], day) >= PersonFacts.FullAge || worker.Worker.BackgroundCheckedOn?.AddYears(1) >= day)
                select (visit.Id, Worker: worker.Worker.Id)).OrderBy(one => one.Worker, StringComparer.Ordinal).ToLookup(one => one.Id, one => one.Worker);
    }
}
