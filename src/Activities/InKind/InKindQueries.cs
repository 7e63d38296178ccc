using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.InKind;

/// <summary>Reads the in-kind ledger.</summary>
public sealed class InKindQueries(ReliefDbContext context)
{
    /// <summary>What was given under an order, oldest first.</summary>
    public async Task<IReadOnlyList<InKindEntry>> OfOrder(string orderId, CancellationToken cancellationToken) =>
        await context.Set<InKindEntry>().Where(row => row.OrderId == orderId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What a donor has given in a county, oldest first.</summary>
    public async Task<IReadOnlyList<InKindEntry>> OfDonor(string countyCode, string donorId, CancellationToken cancellationToken) =>
        await context.Set<InKindEntry>().Where(row => row.CountyCode == countyCode && row.DonorId == donorId)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's ledger of a year by the day of handing over, oldest first.</summary>
    public async Task<IReadOnlyList<InKindEntry>> OfYear(string countyCode, int year, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        return await context.Set<InKindEntry>().Where(row => row.CountyCode == countyCode && row.GivenOn >= from && row.GivenOn <= to)
            .OrderBy(row => row.GivenOn).ThenBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
    }
}
