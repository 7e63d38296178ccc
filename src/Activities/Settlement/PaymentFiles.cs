using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Makes the payment file of an approved batch. Once it is paid there is none: nobody pays a second time from a file.</summary>
public sealed class PaymentFiles(ReliefDbContext context)
{
    /// <summary>The file, for somebody who neither verified nor approved the batch (INV-09). Its total is the batch's approved sum.</summary>
    public async Task<PaymentFileResult> Of(string batchId, string by, CancellationToken cancellationToken)
    {
        if (await context.Locked<SettlementBatch>(batchId).SingleOrDefaultAsync(cancellationToken) is not { } batch)
            return new PaymentFileResult.Unknown();
        if (batch.Status != BatchStatus.Approved)
            return new PaymentFileResult.Refused("NotApproved", batch.Status.ToString());
        if (by == batch.Clerk || by == batch.Approver)
            return new PaymentFileResult.Refused("SamePerson");
        var approved = (await Approved(batchId).Select(row => row.Amount).ToListAsync(cancellationToken)).Sum();
        if (approved <= 0)
            return new PaymentFileResult.Refused("NothingToPay");
        if (await new SupplierQueries(context).Find(batch.SupplierId, cancellationToken) is not { BankAccount: { Length: > 0 } account } supplier)
            return new PaymentFileResult.Refused("NoAccount");
        return new PaymentFileResult.Made(new PaymentFile("pay:" + batchId, "batch:" + batchId,
            [new PaymentLine(supplier.Name, account, approved, $"{batch.Month} 服务类社会救助服务费", await Funds(batchId, cancellationToken))]));
    }

    // What each fund pays, as the statement says it: amounts alone are read, however many lines and people the batch has.
    private async Task<string> Funds(string batchId, CancellationToken cancellationToken)
    {
        var shares = await (from line in Approved(batchId)
                            join split in context.Set<LineSplit>() on line.Id equals split.LineId
                            join account in context.Set<FundAccount>() on split.AccountId equals account.Id
                            select new { account.Id, account.Kind, split.Amount }).ToListAsync(cancellationToken);
        return string.Join(' ', shares.GroupBy(share => (share.Kind, share.Id)).OrderBy(fund => fund.Key.Kind).ThenBy(fund => fund.Key.Id, StringComparer.Ordinal)
            .Select(fund => string.Create(CultureInfo.InvariantCulture, $"{fund.Key.Kind} {fund.Sum(share => share.Amount):0.00}")));
    }

    private IQueryable<SettlementLine> Approved(string batchId) =>
        context.Set<SettlementLine>().Where(row => row.BatchId == batchId && (row.Status == LineStatus.Approved || row.Status == LineStatus.Paid));
}
