using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Makes statements from the records.</summary>
/// <remarks>The supplier may see its statement whole, with names and funds that it sees nowhere else: ask first whether the batch is theirs to see, and then over all records.</remarks>
public sealed class StatementQueries(ReliefDbContext context)
{
    /// <summary>The statement of a batch, or none.</summary>
    public async Task<Statement?> Of(string batchId, CancellationToken cancellationToken)
    {
        if (await new SettlementQueries(context).Find(batchId, cancellationToken) is not { } view)
            return null;
        var batch = view.Batch;
        var (carried, payments) = await Account(batch, cancellationToken);
        return new Statement
        {
            Batch = batch,
            SupplierName = (await new SupplierQueries(context).Find(batch.SupplierId, cancellationToken))?.Name ?? batch.SupplierId,
            TownshipName = (await new AreaQueries(context).Names([batch.TownshipCode], cancellationToken)).GetValueOrDefault(batch.TownshipCode, batch.TownshipCode),
            Lines = await Lines(view, cancellationToken),
            Carried = carried,
            Payments = payments,
            Postings = await Postings(batchId, cancellationToken)
        };
    }

    private async Task<IReadOnlyList<StatementLine>> Lines(BatchView view, CancellationToken cancellationToken)
    {
        string[] orders = [.. view.Lines.Select(line => line.Line.OrderId).OfType<string>().Distinct()];
        var people = await (from order in context.Set<Order>()
                            join person in context.Set<Person>() on order.PersonId equals person.Id
                            join number in context.Set<FileNumber>() on person.Id equals number.PersonId into numbers
                            from number in numbers.DefaultIfEmpty()
                            where orders.Contains(order.Id)
                            select new { order.Id, person.Name, Number = number == null ? null : number.Number }).ToDictionaryAsync(row => row.Id, cancellationToken);
        string[] codes = [.. view.Lines.Select(line => line.Line.ItemCode).Distinct()];
        var items = await context.Set<CatalogueItem>().Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.Name, cancellationToken);
        string[] accounts = [.. view.Lines.SelectMany(line => line.Splits).Select(split => split.AccountId).Distinct()];
        var kinds = await context.Set<FundAccount>().Where(row => accounts.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Kind, cancellationToken);
        return [.. view.Lines.Select(line =>
        {
            var person = people.GetValueOrDefault(line.Line.OrderId ?? "");
            return new StatementLine(line.Line, person?.Number, person?.Name, items.GetValueOrDefault(line.Line.ItemCode, line.Line.ItemCode),
                [.. line.Splits.Select(split => new StatementFund(split.AccountId, kinds[split.AccountId], split.Amount))], line.PutRightBy);
        }).OrderBy(line => line.ServiceNo, StringComparer.Ordinal).ThenBy(line => line.Line.ServiceDate).ThenBy(line => line.Line.ItemCode, StringComparer.Ordinal).ThenBy(line => line.Line.Id, StringComparer.Ordinal)];
    }

    private async Task<(IReadOnlyList<StatementBatch> Carried, IReadOnlyList<StatementBatch> Payments)> Account(SettlementBatch batch, CancellationToken cancellationToken)
    {
        var all = (await context.Set<SettlementBatch>().Where(row => row.TownshipCode == batch.TownshipCode && row.SupplierId == batch.SupplierId).ToListAsync(cancellationToken))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Month, StringComparer.Ordinal).ToList();
        var at = all.FindIndex(row => row.Id == batch.Id);
        var until = at + 1 < all.Count ? all[at + 1].CreatedAt : DateTimeOffset.MaxValue;
        var carried = all.Take(at).Where(row => row.PaidAt is null || row.PaidAt >= batch.CreatedAt).ToList();
        string[] ids = [.. carried.Select(row => row.Id), batch.Id];
        var amounts = (await context.Set<SettlementLine>().Where(row => ids.Contains(row.BatchId) && (row.Status == LineStatus.Approved || row.Status == LineStatus.Paid))
            .Select(row => new { row.BatchId, row.Amount }).ToListAsync(cancellationToken)).ToLookup(row => row.BatchId, row => row.Amount);
        List<StatementBatch> Of(IEnumerable<SettlementBatch> rows) =>
            [.. rows.Select(row => new StatementBatch(row.Id, row.Month, amounts[row.Id].Sum(), row.PaidAt, row.Voucher)).Where(row => row.Amount != 0)];
        return (Of(carried), Of(carried.Append(batch).Where(row => row.PaidAt < until)));
    }

    private async Task<IReadOnlyList<StatementPosting>> Postings(string batchId, CancellationToken cancellationToken) =>
        [.. (await context.Set<LedgerEntry>().Where(row => row.Reference == batchId && (row.Kind == LedgerEntryKind.Spend || row.Kind == LedgerEntryKind.ClawBack)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken))
            .Select(entry => new StatementPosting(entry.Id, entry.AccountId, entry.Kind, entry.Kind == LedgerEntryKind.Spend ? entry.Amount : -entry.Amount))];
}
