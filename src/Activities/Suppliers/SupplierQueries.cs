using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Suppliers;

/// <summary>Reads who can deliver what.</summary>
public sealed class SupplierQueries(ReliefDbContext context)
{
    private static readonly OrderStatus[] Carried =
        [OrderStatus.Sent, OrderStatus.Accepted, OrderStatus.PlanSubmitted, OrderStatus.PlanAgreed, OrderStatus.PlanReturned,
         OrderStatus.AgreementSigned, OrderStatus.Active, OrderStatus.Paused];

    /// <summary>The qualified suppliers, the person's choice first, then by quality, free capacity and id.</summary>
    public async Task<IReadOnlyList<RankedSupplier>> Rank(SupplierWish wish, CancellationToken cancellationToken)
    {
        var chain = await new AreaQueries(context).CodesAbove(wish.AreaCode, cancellationToken);
        var suppliers = await context.Set<Supplier>()
            .Where(row => row.CountyCode == wish.CountyCode && row.Status == SupplierStatus.Active).ToListAsync(cancellationToken);
        var load = await context.Set<Order>().Where(order => order.SupplierId != null && Carried.Contains(order.Status))
            .GroupBy(order => order.SupplierId!).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return [.. from supplier in suppliers
                   where !wish.Exclude.Contains(supplier.Id)
                      && wish.ItemCodes.All(supplier.Items.Contains)
                      && supplier.Areas.Intersect(chain).Any()
                      && (supplier.LicenceUntil is null || supplier.LicenceUntil >= wish.On)
                      && supplier.AgreementFrom <= wish.On && supplier.AgreementTo >= wish.On
                      && (!wish.Minor || supplier.ChildVetting)
                   let free = supplier.Capacity - load.GetValueOrDefault(supplier.Id)
                   where free > 0
                   orderby supplier.Id == wish.Preferred descending, supplier.Rating descending, free descending, supplier.Id
                   select new RankedSupplier(supplier.Id, supplier.Name, supplier.Id == wish.Preferred, free, supplier.Rating)];
    }

    /// <summary>The active workers of suppliers with all their training (INV-16), by id.</summary>
    public async Task<IReadOnlyList<TrainedWorker>> Trained(IReadOnlyList<string> supplierIds, CancellationToken cancellationToken)
    {
        var workers = context.Set<Worker>().Where(worker => supplierIds.Contains(worker.SupplierId) && worker.Active);
        var trainings = (await context.Set<WorkerTraining>().Where(training => workers.Any(worker => worker.Id == training.WorkerId)).ToListAsync(cancellationToken)).ToLookup(training => training.WorkerId);
        return [.. (await workers.OrderBy(worker => worker.Id).ToListAsync(cancellationToken)).Select(worker => new TrainedWorker(worker, [.. trainings[worker.Id]]))];
    }

    /// <summary>A county's suppliers, whatever their standing, by id.</summary>
    public async Task<IReadOnlyList<Supplier>> In(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<Supplier>().Where(row => row.CountyCode == countyCode).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What these suppliers are called, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await context.Set<Supplier>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);

    /// <summary>A supplier, or none.</summary>
    public Task<Supplier?> Find(string supplierId, CancellationToken cancellationToken) =>
        context.Set<Supplier>().FirstOrDefaultAsync(row => row.Id == supplierId, cancellationToken);
}
