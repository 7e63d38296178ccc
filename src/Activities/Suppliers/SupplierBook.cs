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
    public async Task<bool> Set(string supplierId, SupplierStatus status, string reason, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Locked<Supplier>(supplierId).SingleOrDefaultAsync(cancellationToken) is not { } supplier || supplier.Status == status)
            return false;
        await Keep("supplier:" + supplierId, supplier with { Status = status }, new AuditDetail("Supplier" + status, new { From = supplier.Status, Reason = reason }), deed, cancellationToken);
        return true;
    }

    /// <summary>Keeps a worker's certificate, once per id.</summary>
    public async Task Certify(WorkerTraining training, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<WorkerTraining>().AnyAsync(row => row.Id == training.Id, cancellationToken))
            return;
        await context.Insert(training, cancellationToken);
        await context.Audit("worker:" + training.WorkerId, new AuditDetail("WorkerCertified", training), deed, cancellationToken);
    }

    /// <summary>Keeps a worker's clean check for work with minors (INV-16); an older one than is known changes nothing.</summary>
    public async Task Check(string workerId, (string Reference, DateOnly On) found, Deed deed, CancellationToken cancellationToken)
    {
        var worker = await context.Locked<Worker>(workerId).SingleAsync(cancellationToken);
        if (worker.BackgroundCheckedOn >= found.On)
            return;
        await Keep("worker:" + workerId, worker with { BackgroundCheckedOn = found.On }, new AuditDetail("WorkerChecked", new { From = worker.BackgroundCheckedOn, found.On, found.Reference }), deed, cancellationToken);
    }

    /// <summary>Keeps until when a supplier's licence holds; one that ends earlier than is known changes nothing.</summary>
    public async Task Licence(string supplierId, (string Number, DateOnly Until) renewed, Deed deed, CancellationToken cancellationToken)
    {
        var supplier = await context.Locked<Supplier>(supplierId).SingleAsync(cancellationToken);
        if (supplier.LicenceUntil >= renewed.Until)
            return;
        await Keep("supplier:" + supplierId, supplier with { LicenceUntil = renewed.Until }, new AuditDetail("LicenceRenewed", new { From = supplier.LicenceUntil, renewed.Until, renewed.Number }), deed, cancellationToken);
    }

    private async Task Keep<T>(string subject, T row, AuditDetail detail, Deed deed, CancellationToken cancellationToken) where T : class
    {
        await context.Replace(row, cancellationToken);
        await context.Audit(subject, detail, deed, cancellationToken);
    }
}
