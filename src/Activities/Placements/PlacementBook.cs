using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Placements;

/// <summary>Keeps how a placement comes about (PW2). What leads to an admission is checked here and again by the database (INV-18).</summary>
public sealed class PlacementBook(ReliefDbContext context)
{
    /// <summary>The placement of an order, or none.</summary>
    public Task<Placement?> Find(string orderId, CancellationToken cancellationToken) =>
        context.Set<Placement>().FirstOrDefaultAsync(row => row.Id == orderId, cancellationToken);

    /// <summary>The latest assessment of an order, or none.</summary>
    public Task<CareAssessment?> Assessment(string orderId, CancellationToken cancellationToken) =>
        context.Set<CareAssessment>().Where(row => row.OrderId == orderId).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Keeps an assessment, once per key, and begins the placement with the first.</summary>
    public async Task Assessed(CareAssessment assessment, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<CareAssessment>().AnyAsync(row => row.Id == assessment.Id, cancellationToken))
            return;
        await context.Insert(assessment, cancellationToken);
        var isMedical = assessment.Suitability != "Institution";
        if (await Find(assessment.OrderId, cancellationToken) is not { } known)
        {
            await context.Insert(new Placement
            {
                Id = assessment.OrderId,
                CountyCode = assessment.CountyCode,
                CreatedAt = deed.At,
                CreatedBy = deed.By,
                PersonId = assessment.PersonId,
                IsMedical = isMedical
            }, cancellationToken);
        }
        else if (known.AdmittedOn is null)
        {
            await context.Replace(known with { IsMedical = isMedical }, cancellationToken);
        }
    }

    /// <summary>Changes a placement that has begun. The order is locked, so two answers at once come one after the other.</summary>
    /// <exception cref="InvalidOperationException">The placement has not begun: a definition without an assessment.</exception>
    public async Task<Placement> Change(string orderId, Func<Placement, Placement> change, CancellationToken cancellationToken)
    {
        await context.Lock<Order>(orderId, cancellationToken);
        var known = await Find(orderId, cancellationToken) ?? throw new InvalidOperationException($"Order {orderId} has no placement: it is assessed first.");
        var changed = change(known);
        await context.Replace(changed, cancellationToken);
        return changed;
    }
}
