using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Suppliers;

/// <summary>Lists suppliers and changes their standing (P23, thin).</summary>
public sealed class SupplierBook(ReliefDbContext context)
{
    /// <summary>Lists a supplier once per id; one that is listed stays as it is.</summary>
    public async Task<bool> List(Supplier supplier, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("supplier:" + supplier.Id, cancellationToken);
        if (await context.Set<Supplier>().AnyAsync(row => row.Id == supplier.Id, cancellationToken))
            return false;
        await context.Insert(supplier, cancellationToken);
        await context.Audit("supplier:" + supplier.Id, new AuditDetail("SupplierListed", new { supplier.Items, supplier.Areas }), deed, cancellationToken);
        return true;
    }

    /// <summary>Suspends, restores or ends a supplier. False when it has that standing or is unknown.</summary>
    public Task<bool> Set(string supplierId, SupplierStatus status, string reason, Deed deed, CancellationToken cancellationToken) => Change<Supplier>("supplier:", supplierId, supplier =>
        supplier.Status == status ? null : (supplier with { Status = status }, new AuditDetail("Supplier" + status, new { From = supplier.Status, Reason = reason })), deed, cancellationToken);

    /// <summary>Keeps a worker's certificate, once per id.</summary>
    public async Task Certify(WorkerTraining training, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<WorkerTraining>().AnyAsync(row => row.Id == training.Id, cancellationToken))
            return;
        await context.Insert(training, cancellationToken);
        await context.Audit("worker:" + training.WorkerId, new AuditDetail("WorkerCertified", training), deed, cancellationToken);
    }

    /// <summary>Keeps a worker's clean check for work with minors (INV-16); an older one than is known changes nothing.</summary>
    public Task Check(string workerId, (string Reference, DateOnly On) found, Deed deed, CancellationToken cancellationToken) => Change<Worker>("worker:", workerId, worker => worker.BackgroundCheckedOn >= found.On
        ? null : (worker with { BackgroundCheckedOn = found.On }, new AuditDetail("WorkerChecked", new { From = worker.BackgroundCheckedOn, found.On, found.Reference })), deed, cancellationToken);

    /// <summary>Keeps until when a supplier's licence holds; one that ends earlier than is known changes nothing.</summary>
    public Task Licence(string supplierId, (string Number, DateOnly Until) renewed, Deed deed, CancellationToken cancellationToken) => Change<Supplier>("supplier:", supplierId, supplier => supplier.LicenceUntil >= renewed.Until
        ? null : (supplier with { LicenceUntil = renewed.Until }, new AuditDetail("LicenceRenewed", new { From = supplier.LicenceUntil, renewed.Until, renewed.Number })), deed, cancellationToken);

    // False when it is unknown, or nothing changes.
    private async Task<bool> Change<T>(string chain, string id, Func<T, (T After, AuditDetail Detail)?> change, Deed deed, CancellationToken cancellationToken) where T : class
    {
        if (await context.Locked<T>(id).SingleOrDefaultAsync(cancellationToken) is not { } row || change(row) is not var (after, detail))
            return false;
        await context.Replace(after, cancellationToken);
        await context.Audit(chain + id, detail, deed, cancellationToken);
        return true;
    }
}
