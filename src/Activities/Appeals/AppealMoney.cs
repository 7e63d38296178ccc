using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Pays after all what an appeal says is owed: a rejected line by its accepted record, on a linked line of the next batch, as after an overturned dispute (SC-02).</summary>
public sealed class AppealMoney(ReliefDbContext context)
{
    /// <summary>Why a line cannot be paid by a record; null when it can. There is no money without an accepted record (INV-05).</summary>
    public async Task<string?> Problem(Appeal matter, string? recordId, CancellationToken cancellationToken)
    {
        var order = await context.Set<SettlementLine>().Where(line => line.Id == matter.TargetId).Select(line => line.OrderId).SingleAsync(cancellationToken);
        return recordId is not null && await context.Set<VisitRecord>().AnyAsync(row => row.Id == recordId && row.OrderId == order && row.Status == RecordStatus.Accepted, cancellationToken) ? null : "RecordMissing";
    }

    /// <summary>Has a line paid; the code why it could not be, and null when it will be.</summary>
    public async Task<string?> Pay(Appeal matter, Deed deed, CancellationToken cancellationToken) =>
        await new DisputeBook(context).Reverse(matter.TargetId, (matter.RecordId!, Appeal.Chain(matter.Id)), deed, cancellationToken) is DisputeResult.Refused(var reason) ? reason : null;

    /// <summary>What a line comes to, in yuan.</summary>
    public Task<decimal> Of(Appeal matter, CancellationToken cancellationToken) =>
        context.Set<SettlementLine>().Where(line => line.Id == matter.TargetId).Select(line => line.Amount).SingleAsync(cancellationToken);
}
