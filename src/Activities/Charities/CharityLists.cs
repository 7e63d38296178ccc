using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.InKind;

namespace Relief.Flow.Activities.Charities;

/// <summary>Leads a list from compiling to deletion: what the database holds of it, it holds again (four eyes, consent, INV-26).</summary>
public sealed class CharityLists(ReliefDbContext context)
{
    /// <summary>One officer closes the list to further names. False when it is not open.</summary>
    public Task<bool> Compile(string listId, Deed deed, CancellationToken cancellationToken) =>
        Change(listId, CharityListStatus.Open, list => list with { Status = CharityListStatus.Compiled, CompiledBy = deed.By }, deed, cancellationToken);

    /// <summary>The other officer sends it back: it is open again.</summary>
    public Task<bool> Return(string listId, Deed deed, CancellationToken cancellationToken) =>
        Change(listId, CharityListStatus.Compiled, list => list with { Status = CharityListStatus.Open, CompiledBy = null }, deed, cancellationToken);

    /// <summary>The other officer approves it; its content is remembered by its hash.</summary>
    public async Task<bool> Send(string listId, Deed deed, CancellationToken cancellationToken)
    {
        var people = (await new CharityQueries(context).Of(listId, cancellationToken)).Select(row => row.PersonId).Order(StringComparer.Ordinal);
        var hash = AuditTrail.Chain("", [.. people]);
        return await Change(listId, CharityListStatus.Compiled,
            list => list.CompiledBy == deed.By ? list : list with { Status = CharityListStatus.Sent, CheckedBy = deed.By, SentAt = deed.At, ContentHash = hash }, deed, cancellationToken);
    }

    /// <summary>The charity confirms that it has deleted the list (INV-26).</summary>
    public Task<bool> Delete(string listId, string certificate, Deed deed, CancellationToken cancellationToken) =>
        Change(listId, CharityListStatus.Finished, list => list with { Status = CharityListStatus.Deleted, Certificate = certificate, DeletedAt = deed.At }, deed, cancellationToken);

    /// <summary>The charity's answer for one person; false when the person is not waiting for one.</summary>
    public async Task<bool> Answer(string nominationId, NominationStatus answer, (string? Reason, string? Plan) said, Deed deed, CancellationToken cancellationToken)
    {
        var row = await context.Locked<Nomination>(nominationId).SingleAsync(cancellationToken);
        if (row.Status is not (NominationStatus.Nominated or NominationStatus.Queued))
            return false;
        await context.Replace(row with { Status = answer, Reason = said.Reason, Plan = said.Plan, AnsweredAt = deed.At }, cancellationToken);
        return true;
    }

    /// <summary>What the charity delivered: goods go into the in-kind ledger, a gift of money is only noted. Null when all is well, else why not.</summary>
    public async Task<string?> Deliver(Nomination nomination, CharityGift gift, Deed deed, CancellationToken cancellationToken)
    {
        if (gift.Kind == CharityKind.Goods)
        {
            var goods = new InKindGift(nomination.CharityId, gift.Goods ?? "", gift.Quantity ?? 1, gift.Value ?? 0) { Receipt = gift.Receipt ?? "", GivenOn = gift.Date };
            if (await new InKindBook(context).Give(nomination.OrderId, goods, deed, cancellationToken) is InKindResult.Refused refused)
                return refused.Reason;
        }

        await context.Replace(nomination with { Status = NominationStatus.Delivered, DeliveredOn = gift.Date, Value = gift.Value, Receipt = gift.Receipt }, cancellationToken);
        return null;
    }

    /// <summary>Takes a person off: the charity withdraws, the order was stopped.</summary>
    public async Task Withdraw(Nomination nomination, string reason, CancellationToken cancellationToken) =>
        await context.Replace(nomination with { Status = NominationStatus.Withdrawn, Reason = reason }, cancellationToken);

    /// <summary>Notes that nobody on a sent list waits for anything any more; true when that is so now and was not before.</summary>
    public async Task<bool> Finish(string listId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<CharityList>(listId, cancellationToken);
        var people = await new CharityQueries(context).Of(listId, cancellationToken);
        return people.All(row => row.Status is NominationStatus.Declined or NominationStatus.Delivered or NominationStatus.Withdrawn)
            && await Change(listId, CharityListStatus.Sent, list => list with { Status = CharityListStatus.Finished, FinishedAt = deed.At }, deed, cancellationToken);
    }

    private async Task<bool> Change(string listId, CharityListStatus from, Func<CharityList, CharityList> change, Deed deed, CancellationToken cancellationToken)
    {
        var list = await context.Locked<CharityList>(listId).SingleAsync(cancellationToken);
        var changed = change(list);
        if (list.Status != from || changed == list)
            return false;
        await context.Replace(changed, cancellationToken);
        await context.Audit("charity-list:" + listId, new AuditDetail("List" + changed.Status, new { changed.ContentHash, changed.Certificate }), deed, cancellationToken);
        return true;
    }
}
