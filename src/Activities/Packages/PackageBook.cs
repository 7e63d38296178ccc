using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Changes;

namespace Relief.Flow.Activities.Packages;

/// <summary>Keeps what is offered to who leaves the county: asked once, by consent only, handed over once, taken back until then (E03, E20).</summary>
/// <remarks>Each deed locks the offer first: of a hand-over and a consent that is taken back at the same moment exactly one holds.</remarks>
public sealed class PackageBook(ReliefDbContext context)
{
    /// <summary>The event that the consent to a package was taken back.</summary>
    public static string Withdrawn(string id) => $"package:{id}:withdrawn";

    /// <summary>What was offered with a change, or none.</summary>
    public Task<TransferPackage?> Find(string id, CancellationToken cancellationToken) => context.Set<TransferPackage>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Those by whose consent a package of the person may still be handed over, by id.</summary>
    public async Task<IReadOnlyList<TransferPackage>> Standing(string personId, CancellationToken cancellationToken) =>
        await context.Set<TransferPackage>().Where(row => row.PersonId == personId && row.ConsentedAt != null && row.Outcome == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Writes the offer down; false when there was one already: nobody is asked again.</summary>
    public async Task<bool> Offer(PersonChange change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<PersonChange>(change.Id, cancellationToken);
        if (await Find(change.Id, cancellationToken) is not null)
            return false;
        var offered = new TransferPackage
        {
            Id = change.Id, CountyCode = change.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = change.AreaCode, PersonId = change.PersonId, CaseId = change.CaseId!
        };
        await context.Insert(offered, cancellationToken);
        await Audit(offered, "PackageOffered", null, deed, cancellationToken);
        return true;
    }

    /// <summary>Takes the consent down, with the place it is for.</summary>
    public Task<bool> Consent(string id, (string Form, string GivenBy, string Place) given, Deed deed, CancellationToken cancellationToken) => Change(
        id, row => row is { ConsentedAt: null, Outcome: null }, row => row with { Form = given.Form, GivenBy = given.GivenBy, Place = given.Place, ConsentedAt = deed.At },
        ("PackageConsented", new { given.Form, given.GivenBy, given.Place }), deed, cancellationToken);

    /// <summary>Ends it without a hand-over; what has ended stays so.</summary>
    public Task<bool> End(string id, PackageOutcome outcome, Deed deed, CancellationToken cancellationToken) => Change(
        id, row => row.Outcome is null, row => row with { Outcome = outcome, EndedAt = deed.At }, ("Package" + outcome, null), deed, cancellationToken);

    /// <summary>Hands it over, once; false when the consent no longer stands.</summary>
    public Task<bool> HandOver(string id, (string Receiver, string Receipt, string ContentHash) to, Deed deed, CancellationToken cancellationToken) => Change(
        id, row => row.MayGo, row => row with { Receiver = to.Receiver, Receipt = to.Receipt, ContentHash = to.ContentHash, HandedBy = deed.By, Outcome = PackageOutcome.HandedOver, EndedAt = deed.At },
        ("PackageHandedOver", new { to.Receiver, to.Receipt, to.ContentHash }), deed, cancellationToken);

    /// <summary>The person takes the consent back: what has not been handed over never is. The offers that this ends.</summary>
    public async Task<IReadOnlyList<string>> Withdraw(string personId, Deed deed, CancellationToken cancellationToken)
    {
        List<string> ended = [];
        foreach (var one in await Standing(personId, cancellationToken))
        {
            if (await End(one.Id, PackageOutcome.Withdrawn, deed.Step(one.Id), cancellationToken))
                ended.Add(one.Id);
        }

        return ended;
    }

    /// <summary>The person has died: nothing is asked or handed over any more (E02).</summary>
    public async Task Died(string personId, Deed deed, CancellationToken cancellationToken)
    {
        foreach (var id in await context.Set<TransferPackage>().Where(row => row.PersonId == personId && row.Outcome == null).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
            await End(id, PackageOutcome.PersonDied, deed.Step(id), cancellationToken);
    }

    private async Task<bool> Change(
        string id, Func<TransferPackage, bool> may, Func<TransferPackage, TransferPackage> change, (string What, object? Detail) said, Deed deed, CancellationToken cancellationToken)
    {
        var row = await context.Locked<TransferPackage>(id).SingleAsync(cancellationToken);
        if (!may(row))
            return false;
        await context.Replace(change(row), cancellationToken);
        await Audit(row, said.What, said.Detail, deed, cancellationToken);
        return true;
    }

    private Task Audit(TransferPackage row, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(AuditTrail.Case(row.CaseId), new AuditDetail(what, new { change = row.Id, detail }), deed, cancellationToken);
}
