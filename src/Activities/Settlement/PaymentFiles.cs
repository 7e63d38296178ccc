using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Makes the payment file of an approved batch. Once it is paid there is none: nobody pays a second time from a file.</summary>
public sealed class PaymentFiles(ReliefDbContext context)
{
    /// <summary>The file, for somebody who neither verified nor approved the batch (INV-09). Its total is the batch's approved sum.</summary>
    public async Task<PaymentFileResult> Of(string batchId, string by, CancellationToken cancellationToken)
    {
        await context.Lock<SettlementBatch>(batchId, cancellationToken);
        if (await new StatementQueries(context).Of(batchId, cancellationToken) is not { } statement)
            return new PaymentFileResult.Unknown();
        var batch = statement.Batch;
        if (batch.Status != BatchStatus.Approved)
            return new PaymentFileResult.Refused("NotApproved", batch.Status.ToString());
        if (by == batch.Clerk || by == batch.Approver)
            return new PaymentFileResult.Refused("SamePerson");
        if (statement.Approved <= 0)
            return new PaymentFileResult.Refused("NothingToPay");
        if (await new SupplierQueries(context).Find(batch.SupplierId, cancellationToken) is not { BankAccount: { Length: > 0 } account })
            return new PaymentFileResult.Refused("NoAccount");
        var funds = string.Join(' ', statement.Funds.Select(fund => string.Create(CultureInfo.InvariantCulture, $"{fund.Kind} {fund.Amount:0.00}")));
        return new PaymentFileResult.Made(new PaymentFile("pay:" + batchId, "batch:" + batchId,
            [new PaymentLine(statement.SupplierName, account, statement.Approved, $"{batch.Month} 服务类社会救助服务费", funds)]));
    }
}
