using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Reads batches and their lines.</summary>
public sealed class SettlementQueries(ReliefDbContext context)
{
    /// <summary>A batch with its lines, or none.</summary>
    public async Task<BatchView?> Find(string batchId, CancellationToken cancellationToken)
    {
        var batch = await context.Set<SettlementBatch>().FirstOrDefaultAsync(row => row.Id == batchId, cancellationToken);
        if (batch is null)
            return null;
        var lines = await context.Set<SettlementLine>().Where(row => row.BatchId == batchId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var ids = lines.Select(line => line.Id).ToList();
        var splits = await context.Set<LineSplit>().Where(split => ids.Contains(split.LineId)).OrderBy(split => split.Id).ToListAsync(cancellationToken);
        var later = (await context.Set<SettlementLine>().Where(line => line.OrigLineId != null && ids.Contains(line.OrigLineId)).OrderBy(line => line.Id).ToListAsync(cancellationToken))
            .GroupBy(line => line.OrigLineId!).ToDictionary(group => group.Key, group => group.Last().Id);
        return new BatchView(batch, [.. lines.Select(line =>
            new LineView(line, [.. splits.Where(split => split.LineId == line.Id)], later.GetValueOrDefault(line.Id)))]);
    }

    /// <summary>The batches of a county's month, by id.</summary>
    public async Task<IReadOnlyList<SettlementBatch>> Of(string countyCode, string month, CancellationToken cancellationToken) =>
        await context.Set<SettlementBatch>().Where(row => row.CountyCode == countyCode && row.Month == month).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The batches of a month as far as this context shows them, by id.</summary>
    public async Task<IReadOnlyList<SettlementBatch>> OfMonth(string month, CancellationToken cancellationToken) =>
        await context.Set<SettlementBatch>().Where(row => row.Month == month).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A line, or none.</summary>
    public Task<SettlementLine?> Line(string lineId, CancellationToken cancellationToken) =>
        context.Set<SettlementLine>().FirstOrDefaultAsync(row => row.Id == lineId, cancellationToken);

    /// <summary>A line's dispute, or none.</summary>
    public Task<LineDispute?> Dispute(string lineId, CancellationToken cancellationToken) =>
        context.Set<LineDispute>().FirstOrDefaultAsync(row => row.LineId == lineId, cancellationToken);
}
