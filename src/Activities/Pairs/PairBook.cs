using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Makes pairs, ends them, and keeps their contacts. No money of F1 to F8 moves here.</summary>
public sealed class PairBook(ReliefDbContext context)
{
    /// <summary>Proposes helpers to an order's person, once per key; gives the pairs that were proposed under this key.</summary>
    public async Task<IReadOnlyList<Pair>> Propose((Order Order, PairKind Kind) to, IReadOnlyList<string> helperIds, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Order>(to.Order.Id, cancellationToken);
        var known = await context.Set<Pair>().Where(row => row.IdemKey.StartsWith(deed.Key)).OrderBy(row => row.HelperId).ToListAsync(cancellationToken);
        if (known.Count > 0)
            return known;
        Pair[] pairs = [.. helperIds.Order(StringComparer.Ordinal).Select(helper => new Pair
        {
            Id = deed.NewId(),
            CountyCode = to.Order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = to.Order.Id,
            PersonId = to.Order.PersonId,
            Kind = to.Kind,
            HelperId = helper,
            Status = PairStatus.Proposed,
            IdemKey = $"{deed.Key}/{helper}"
        })];
        await context.InsertAll(pairs, cancellationToken);
        await Note(to.Order.CaseId, "PairProposed", new { to.Order.Id, to.Kind, helperIds }, deed, cancellationToken);
        return pairs;
    }

    /// <summary>One side agrees; the pair holds only when <see cref="Conclude"/> finds that both did.</summary>
    public async Task Agree(string pairId, PairSide side, Deed deed, CancellationToken cancellationToken)
    {
        var pair = await Locked(pairId, cancellationToken);
        if (pair.Status == PairStatus.Proposed)
            await context.Replace(side == PairSide.Person ? pair with { PersonAgreedAt = deed.At } : pair with { HelperAgreedAt = deed.At }, cancellationToken);
    }

    /// <summary>Makes a proposed pair hold when both sides agreed and the helper is still free; anything else declines it.</summary>
    public async Task<bool> Conclude(string pairId, string declined, Deed deed, CancellationToken cancellationToken)
    {
        var pair = await Locked(pairId, cancellationToken);
        if (pair.Status != PairStatus.Proposed)
            return pair.Status == PairStatus.Active;
        await context.LockWord("pairs:" + pair.HelperId, cancellationToken);
        var agreed = pair is { PersonAgreedAt: not null, HelperAgreedAt: not null }
            && (await new PairQueries(context).Free(pair.PersonId, pair.Kind, [pair.HelperId], cancellationToken)).Count == 1;
        await Change(pair, agreed
            ? pair with { Status = PairStatus.Active, PairedOn = ChinaTime.DayOf(deed.At) }
            : pair with { Status = PairStatus.Declined, EndReason = declined }, deed, cancellationToken);
        return agreed;
    }

    /// <summary>Declines a proposed pair; any other stays as it is.</summary>
    public async Task Decline(string pairId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        var pair = await Locked(pairId, cancellationToken);
        if (pair.Status == PairStatus.Proposed)
            await Change(pair, pair with { Status = PairStatus.Declined, EndReason = reason }, deed, cancellationToken);
    }

    /// <summary>The helper declares to take no money from the person.</summary>
    public async Task DeclareNoCharge(string pairId, Deed deed, CancellationToken cancellationToken)
    {
        var pair = await Locked(pairId, cancellationToken);
        if (pair is { Status: PairStatus.Active, NoChargeAt: null })
            await context.Replace(pair with { NoChargeAt = deed.At }, cancellationToken);
    }

    /// <summary>Ends a pair that holds; one that does not stays as it is.</summary>
    public async Task End(string pairId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        var pair = await Locked(pairId, cancellationToken);
        if (pair.Status == PairStatus.Active)
            await Change(pair, pair with { Status = PairStatus.Ended, EndedOn = ChinaTime.DayOf(deed.At), EndReason = reason }, deed, cancellationToken);
    }

    /// <summary>Keeps the need list and the year's plan, once per pair and key.</summary>
    public async Task List(Pair pair, IReadOnlyList<PairNeed> needs, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<PairNeed>().AnyAsync(row => row.PairId == pair.Id, cancellationToken))
            return;
        await context.Replace(pair, cancellationToken);
        await context.InsertAll([.. needs], cancellationToken);
        await Note(await CaseOf(pair, cancellationToken), "PairNeedsListed", new { pair.Id, needs.Count, pair.PartyDay }, deed, cancellationToken);
    }

    /// <summary>Keeps a contact, once per key.</summary>
    public async Task<PairResult> Contact(string pairId, ContactForm form, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Pair>(pairId, cancellationToken);
        if (await context.Set<PairContact>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new PairResult.Done(known.Id);
        var pair = await context.Set<Pair>().FirstOrDefaultAsync(row => row.Id == pairId, cancellationToken);
        if (pair is null)
            return new PairResult.Refused("UnknownPair");
        var today = ChinaTime.DayOf(deed.At);
        if (form.FaultOf(pair, today) is { } fault)
            return new PairResult.Refused(fault);
        var day = form.ContactedOn ?? today;
        var given = form.Goods is null ? null : await new InKindBook(context).Give(pair.OrderId, form.Goods.From(await DonorOf(pair, cancellationToken), day), deed, cancellationToken);
        if (given is InKindResult.Refused(var reason))
            return new PairResult.Refused(reason);
        var contact = new PairContact
        {
            Id = deed.NewId(),
            CountyCode = pair.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            PairId = pairId,
            ContactedOn = day,
            Kind = form.Kind!,
            Content = form.Content!,
            NeedsFound = form.NeedsFound,
            Solved = form.Solved,
            InKindId = (given as InKindResult.Booked)?.Entry.Id,
            IdemKey = deed.Key
        };
        await context.Insert(contact, cancellationToken);
        await Note(await CaseOf(pair, cancellationToken), "PairContacted", new { pairId, contact.ContactedOn, contact.Kind, found = contact.NeedsFound is not null }, deed, cancellationToken);
        return new PairResult.Done(contact.Id);
    }

    private async Task Change(Pair from, Pair to, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(to, cancellationToken);
        await Note(await CaseOf(to, cancellationToken), "Pair" + to.Status, new { to.Id, to.HelperId, From = from.Status, to.EndReason }, deed, cancellationToken);
    }

    private async Task<Pair> Locked(string pairId, CancellationToken cancellationToken)
    {
        return await context.Locked<Pair>(pairId).SingleAsync(cancellationToken);
    }

    // The branch gives, not the member.
    private Task<string> DonorOf(Pair pair, CancellationToken cancellationToken) =>
        context.Set<StaffMember>().Where(row => row.Id == pair.HelperId).Select(row => row.UnitId).SingleAsync(cancellationToken);

    private Task<string> CaseOf(Pair pair, CancellationToken cancellationToken) =>
        context.Set<Order>().Where(row => row.Id == pair.OrderId).Select(row => row.CaseId).SingleAsync(cancellationToken);

    private Task Note(string caseId, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(AuditTrail.Case(caseId), new AuditDetail(what, detail), deed, cancellationToken);
}
