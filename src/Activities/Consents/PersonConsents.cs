using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Packages;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Consents;

/// <summary>Everything that a person has consented to, wherever it is kept, and taking it back (E20). Nothing is deleted: statutory records stay as they are.</summary>
public sealed class PersonConsents(ReliefDbContext context)
{
    // A purchase or an institution is a delegation by law and asks for none (PIPL art. 21).
    private static readonly string[] Helped = ["M3", "M4", "M5", "M6"];

    /// <summary>The consents that stand, by scope and date.</summary>
    public async Task<IReadOnlyList<StandingConsent>> Of(string personId, CancellationToken cancellationToken)
    {
        var sheet = await new ConsentBook(context).Of(personId, cancellationToken);
        var told = await Told(personId, cancellationToken);
        var charities = await Given(personId, cancellationToken);
        var orders = await Orders(personId, cancellationToken);
        var shared = await Shared(personId, cancellationToken);
        var packages = await new PackageBook(context).Standing(personId, cancellationToken);
        StandingConsent[] published = sheet is null ? [] : [new(ConsentScope.Publication, null, sheet.CreatedAt, null)];
        return
        [
            .. published, .. told.Select(one => new StandingConsent(ConsentScope.Publicity, null, one.ConsentAt!.Value, null)),
            .. charities.Select(one => new StandingConsent(ConsentScope.Charity, one.RecipientId, one.CreatedAt, one.OrderId)),
            .. orders.Select(order => new StandingConsent(ConsentScope.Helpers, order.SupplierId ?? order.Pathway, order.CreatedAt, order.Id)),
            .. shared.Select(one => new StandingConsent(ConsentScope.Sharing, one.Partner, one.CreatedAt, null)),
            .. packages.Select(one => new StandingConsent(ConsentScope.Transfer, one.Place, one.ConsentedAt!.Value, null))
        ];
    }

    /// <summary>Takes back what stands in some scopes, in one transaction: what rests on it is stopped with it.</summary>
    /// <returns>What was taken back, and what is to be told for it.</returns>
    public async Task<(IReadOnlyList<StandingConsent> Ended, IReadOnlyList<Message> Told)> Withdraw(string personId, IReadOnlyCollection<ConsentScope> scopes, Deed deed, CancellationToken cancellationToken)
    {
        var standing = (await Of(personId, cancellationToken)).Where(one => scopes.Contains(one.Scope)).ToList();
        if (scopes.Contains(ConsentScope.Publication))
            await new ConsentBook(context).Withdraw(personId, deed.Step("publication"), cancellationToken);
        if (scopes.Contains(ConsentScope.Publicity))
        {
            foreach (var one in await Told(personId, cancellationToken))
                await new TypicalCaseBook(context).Withdraw(one.Id, deed.Step(one.Id), cancellationToken);
        }

        if (scopes.Contains(ConsentScope.Charity))
        {
            foreach (var one in await Given(personId, cancellationToken))
                await context.Replace(one with { WithdrawnAt = deed.At }, cancellationToken);
        }

        foreach (var partner in standing.Where(one => one.Scope == ConsentScope.Sharing).Select(one => one.Receiver!).Distinct().Order(StringComparer.Ordinal))
            await new SharingBook(context).Withdraw(personId, partner, deed.Step("sharing:" + partner), cancellationToken);
        var packages = scopes.Contains(ConsentScope.Transfer) ? await new PackageBook(context).Withdraw(personId, deed.Step("transfer"), cancellationToken) : [];
        Message[] renewed = standing.Exists(one => one.Scope == ConsentScope.Publication) ? [Message.Of(new EventPublished(ConsentBook.Changed(personId), null, default))] : [];
        return (standing, [.. renewed, .. packages.Select(id => Message.Of(new EventPublished(PackageBook.Withdrawn(id), null, default))), .. standing.Select(one => one.OrderId).OfType<string>().Distinct().Select(order => OrderStop.Tell(order, "ConsentWithdrawn"))]);
    }

    private Task<List<TypicalCase>> Told(string personId, CancellationToken cancellationToken) => context.Set<TypicalCase>()
        .Where(row => row.PersonId == personId && row.ConsentAt != null && row.WithdrawnAt == null && row.Status != TypicalCaseStatus.TakenDown).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private Task<List<DataConsent>> Given(string personId, CancellationToken cancellationToken) => context.Set<DataConsent>()
        .Where(row => row.PersonId == personId && row.Granted && row.WithdrawnAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private Task<List<Order>> Orders(string personId, CancellationToken cancellationToken) => context.Set<Order>()
        .Where(row => row.PersonId == personId && Helped.Contains(row.Pathway) && !OrderFlow.Over.Contains(row.Status)).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private Task<List<SharingConsent>> Shared(string personId, CancellationToken cancellationToken) => context.Set<SharingConsent>()
        .Where(row => row.PersonId == personId && row.WithdrawnAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);
}
