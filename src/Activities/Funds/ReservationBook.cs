using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Funds;

/// <summary>Sets money aside for orders and follows it until it is paid or given back.</summary>
/// <remarks>
/// Accounts are locked by id before anything is asked, so two orders never take the same yuan; the database refuses it once more
/// (INV-01, INV-03). For every reservation at every moment: reserved = spent + committed + released + still reserved. What is committed by
/// accrual still stands: a payment or a release takes it back into the reserved by the opposite entry, and posts what it is.
/// </remarks>
public sealed class ReservationBook(ReliefDbContext context)
{
    private readonly Ledger _ledger = new(context);

    /// <summary>Sets an amount aside on the candidate accounts, in their order. A repeat with the deed's key gives the first answer.</summary>
    public async Task<ReservationResult> Reserve(ReservationRequest request, Deed deed, CancellationToken cancellationToken)
    {
        if (await Known(deed, cancellationToken) is { } known)
            return known;
        var eligible = await Eligible(request, cancellationToken);
        if (eligible.Count == 0)
            return new ReservationResult.NotEligibleFund();

        var locked = await _ledger.LockAccounts([.. eligible.Select(account => account.Id)], cancellationToken);
        var accounts = eligible.Select(account => locked.Single(row => row.Id == account.Id)).ToList();
        var capped = accounts.Find(account => account.Kind == FundKind.F3);
        if (!request.MayFollowClose && await new FundQueries(context).IsClosed(request.CountyCode, request.PeriodFrom.Year, cancellationToken))
            return new ReservationResult.Blocked("AppropriationExpired");   // asked under the lock that the close takes (E08)
        var capRoom = capped is null ? 0 : (await _ledger.Cap(capped, cancellationToken)).Room;

        var shares = Allocation.Share(request, accounts, capRoom);
        var total = shares.Sum(share => share.Amount);
        if (total == request.Amount)
            return new ReservationResult.Reserved(await Write(request, shares, deed, cancellationToken), shares);
        if (Allocation.Share(request, accounts, decimal.MaxValue).Sum(share => share.Amount) == request.Amount)
            return new ReservationResult.Blocked("CapExceeded");
        return request.PartialAllowed && total > 0
            ? new ReservationResult.Partial(await Write(request, shares, deed, cancellationToken), shares, request.Amount - total)
            : new ReservationResult.Short(total);
    }

    /// <summary>Brings what still stands of a reservation to an amount, e.g. when the plan is agreed; grows only on the accounts it has.</summary>
    /// <remarks>It gives back at any time; it grows on no account whose year is closed: that appropriation has expired (E22).</remarks>
    public Task<FundResult> AdjustTo(string reservationId, decimal remaining, Deed deed, CancellationToken cancellationToken) => AdjustTo(reservationId, (remaining, false), deed, cancellationToken);

    /// <summary>The same; true where its growth may follow the close, as what a year's sheet of neighbours is owed does.</summary>
    public async Task<FundResult> AdjustTo(string reservationId, (decimal Remaining, bool MayFollowClose) to, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var parts = await LockParts(reservationId, cancellationToken);
        var difference = to.Remaining - parts.Sum(Remaining);
        return difference <= 0
            ? await GiveBack(reservationId, parts, -difference, deed, cancellationToken)
            : await Grow(parts, (difference, to.MayFollowClose), deed, cancellationToken);
    }

    /// <summary>Gives back an amount that is not needed, from the last share first.</summary>
    public async Task<FundResult> Release(string reservationId, decimal amount, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        return await GiveBack(reservationId, await LockParts(reservationId, cancellationToken), amount, deed, cancellationToken);
    }

    /// <summary>Gives back everything that is left and closes the reservation.</summary>
    public async Task<FundResult> Close(string reservationId, Deed deed, CancellationToken cancellationToken)
    {
        var result = await AdjustTo(reservationId, 0, deed, cancellationToken);
        var row = await context.Set<Reservation>().SingleAsync(reservation => reservation.Id == reservationId, cancellationToken);
        if (row.Status != ReservationStatus.Closed)
            await context.Replace(row with { Status = ReservationStatus.Closed }, cancellationToken);
        return result;
    }

    /// <summary>Another reservation carries the order after a day: this one is for what was served until then.</summary>
    public async Task EndWith(string reservationId, DateOnly last, CancellationToken cancellationToken)
    {
        var row = await context.Set<Reservation>().SingleAsync(reservation => reservation.Id == reservationId, cancellationToken);
        await context.Replace(row with { PeriodTo = last > row.PeriodFrom ? last : row.PeriodFrom }, cancellationToken);
    }

    /// <summary>Turns set-aside money into approved money, on the shares named; all of it or nothing.</summary>
    /// <param name="shares">Part id and yuan.</param>
    /// <param name="reference">The batch.</param>
    /// <param name="deed">The approval.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<FundResult> Commit(IReadOnlyList<PartAmount> shares, string reference, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var parts = await LockOf(shares, cancellationToken);
        if (await new FundQueries(context).IsStopped([.. parts.Values.Select(part => part.AccountId).Distinct()], cancellationToken))
            return new FundResult.RuleViolation("AccountStopped");
        if (shares.Any(share => Remaining(parts[share.PartId]) < share.Amount))
            return new FundResult.Short(parts.Values.Sum(Remaining));
        PartAmount[] accrued = [.. shares.Select(share => new PartAmount(share.PartId, Math.Min(parts[share.PartId].Accrued, share.Amount))).Where(share => share.Amount > 0)];
        var reversed = accrued.ToDictionary(share => share.PartId, share => share.Amount);
        await PartSql.Write(context, [.. shares.Select(share => parts[share.PartId].Reversed(reversed.GetValueOrDefault(share.PartId)))
            .Zip(shares, (part, share) => part with { Committed = part.Committed + share.Amount })], cancellationToken);
        Posting[] postings = [.. Postings(LedgerEntryKind.Commit, accrued, parts, reference).Select(ReservationPart.Reversal), .. Postings(LedgerEntryKind.Commit, shares, parts, reference)];
        return new FundResult.Posted(await _ledger.Post(postings, deed, cancellationToken));
    }

    /// <summary>Records that approved money was paid; all of it or nothing.</summary>
    /// <param name="shares">Part id and yuan, as they were committed.</param>
    /// <param name="reference">The batch.</param>
    /// <param name="deed">The payment.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<FundResult> Spend(IReadOnlyList<PartAmount> shares, string reference, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var parts = await LockOf(shares, cancellationToken);
        if (shares.Any(share => parts[share.PartId].Committed - parts[share.PartId].Accrued - parts[share.PartId].Spent < share.Amount))
            return new FundResult.RuleViolation("NotCommitted");
        await PartSql.Write(context, [.. shares.Select(share => parts[share.PartId] with { Spent = parts[share.PartId].Spent + share.Amount })], cancellationToken);
        return new FundResult.Posted(await _ledger.Post(Postings(LedgerEntryKind.Spend, shares, parts, reference), deed, cancellationToken));
    }

    /// <summary>Takes paid money back: it is available again at its account, and no longer the reservation's. All of it or nothing.</summary>
    public async Task<FundResult> ClawBack(IReadOnlyList<PartAmount> shares, string reference, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var parts = await LockOf(shares, cancellationToken);
        if (shares.Any(share => parts[share.PartId].Spent < share.Amount))
            return new FundResult.Short(parts.Values.Sum(part => part.Spent));
        await PartSql.Write(context, [.. shares.Select(share => (share.Amount, Part: parts[share.PartId])).Select(taken =>
            taken.Part with { Spent = taken.Part.Spent - taken.Amount, Committed = taken.Part.Committed - taken.Amount, Released = taken.Part.Released + taken.Amount })], cancellationToken);
        return new FundResult.Posted(await _ledger.Post(Postings(LedgerEntryKind.ClawBack, shares, parts, reference), deed, cancellationToken));
    }

    /// <summary>Pays out all that still stands of a reservation, or gives it back when it is for nothing.</summary>
    /// <param name="reservationId">The reservation.</param>
    /// <param name="reference">What is paid; null to give it back.</param>
    /// <param name="deed">Who settles it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<FundResult> Settle(string reservationId, string? reference, Deed deed, CancellationToken cancellationToken)
    {
        if (reference is null)
            return await Close(reservationId, deed.Step("release"), cancellationToken);
        PartAmount[] shares = [.. (await new FundQueries(context).Parts(reservationId, cancellationToken)).Select(part => new PartAmount(part.Id, Remaining(part)))];
        var committed = await Commit(shares, reference, deed.Step("commit"), cancellationToken);
        return committed is FundResult.Posted ? await Spend(shares, reference, deed.Step("spend"), cancellationToken) : committed;
    }

    /// <summary>What still stands of a share, in yuan: neither given back nor committed for a payment.</summary>
    public static decimal Remaining(ReservationPart part) => part.Unspoken + part.Accrued;

    private static IReadOnlyList<Posting> Postings(LedgerEntryKind kind, IReadOnlyList<PartAmount> shares, Dictionary<string, ReservationPart> parts, string reference) =>
        [.. shares.GroupBy(share => parts[share.PartId].AccountId).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Posting(group.Key, kind, group.Sum(share => share.Amount), reference))];

    private async Task<FundResult> GiveBack(
        string reservationId, IReadOnlyList<ReservationPart> parts, decimal amount, Deed deed, CancellationToken cancellationToken)
    {
        if (amount > parts.Sum(Remaining))
            return new FundResult.Short(parts.Sum(Remaining));
        List<Posting> postings = [];
        foreach (var part in parts.Reverse())
        {
            var share = Math.Min(amount, Remaining(part));
            if (share <= 0)
                continue;
            amount -= share;
            var accrued = Math.Max(0, share - part.Unspoken);
            await context.Replace(part.Reversed(accrued) with { Released = part.Released + share }, cancellationToken);
            if (accrued > 0)
                postings.Add(ReservationPart.Reversal(new Posting(part.AccountId, LedgerEntryKind.Commit, accrued, reservationId)));
            postings.Add(new Posting(part.AccountId, LedgerEntryKind.Release, share, reservationId));
        }

        return new FundResult.Posted(await _ledger.Post(postings, deed, cancellationToken));
    }

    private async Task<FundResult> Grow(IReadOnlyList<ReservationPart> parts, (decimal Amount, bool MayFollowClose) by, Deed deed, CancellationToken cancellationToken)
    {
        var amount = by.Amount;
        var accounts = await _ledger.LockAccounts([.. parts.Select(part => part.AccountId)], cancellationToken);
        if (!by.MayFollowClose)
            accounts = await new FundQueries(context).StillOpen(accounts, cancellationToken);   // asked under the lock that the close takes
        if (accounts.Count == 0)
            return new FundResult.RuleViolation("AppropriationExpired");
        foreach (var part in parts)
        {
            var account = accounts.FirstOrDefault(row => row.Id == part.AccountId);
            if (account is null || FundQueries.AvailableOf(account) < amount)
                continue;
            if (account.Kind == FundKind.F3 && await _ledger.Cap(account, cancellationToken) is var cap && cap.Room < amount)
                return new FundResult.CapExceeded(cap.Cap);
            var row = await context.Set<Reservation>().SingleAsync(reservation => reservation.Id == part.ReservationId, cancellationToken);
            await context.Replace(row with { Amount = row.Amount + amount, Status = ReservationStatus.Active }, cancellationToken);
            await context.Replace(part with { Reserved = part.Reserved + amount }, cancellationToken);
            return new FundResult.Posted(await _ledger.Post([new Posting(part.AccountId, LedgerEntryKind.Reserve, amount, part.ReservationId)], deed, cancellationToken));
        }

        return new FundResult.Short(accounts.Max(FundQueries.AvailableOf));
    }

    private async Task<ReservationResult?> Known(Deed deed, CancellationToken cancellationToken)
    {
        var row = await context.Set<Reservation>().FirstOrDefaultAsync(reservation => reservation.IdemKey == deed.Key, cancellationToken);
        if (row is null)
            return null;
        var parts = await new FundQueries(context).Parts(row.Id, cancellationToken);
        var ids = parts.Select(part => part.AccountId).ToList();
        var kinds = await context.Set<FundAccount>().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.Kind, cancellationToken);
        return new ReservationResult.Reserved(row.Id, [.. parts.Select(part => new FundShare(part.AccountId, kinds[part.AccountId], part.Reserved))]);
    }

    private async Task<IReadOnlyList<FundAccount>> Eligible(ReservationRequest request, CancellationToken cancellationToken)
    {
        var accounts = await context.Set<FundAccount>()
            .Where(row => request.CandidateAccounts.Contains(row.Id) && row.CountyCode == request.CountyCode && row.FiscalYear == request.PeriodFrom.Year)
            .ToListAsync(cancellationToken);
        var sourceIds = accounts.Select(account => account.SourceId).ToList();
        var sources = await context.Set<FundSource>().Where(row => sourceIds.Contains(row.Id)).ToListAsync(cancellationToken);
        var order = request.CandidateAccounts.ToList();
        return [.. accounts.Where(account => request.Purpose.IsAllowedBy(sources.Single(source => source.Id == account.SourceId)))   // INV-02
            .OrderBy(account => order.IndexOf(account.Id))];
    }

    private async Task<string> Write(ReservationRequest request, IReadOnlyList<FundShare> shares, Deed deed, CancellationToken cancellationToken)
    {
        var id = deed.NewId();
        await context.Insert(new Reservation
        {
            Id = id,
            CountyCode = request.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = request.OrderId,
            Amount = shares.Sum(share => share.Amount),
            PeriodFrom = request.PeriodFrom,
            PeriodTo = request.PeriodTo,
            Status = ReservationStatus.Active,
            IdemKey = deed.Key
        }, cancellationToken);
        ReservationPart[] parts = [.. shares.Select((share, index) => new ReservationPart
        {
            Id = $"{id}-{index + 1}",
            ReservationId = id,
            AccountId = share.AccountId,
            Rank = index + 1,
            Reserved = share.Amount
        })];
        await context.InsertAll(parts, cancellationToken);
        await _ledger.Post([.. shares.Select(share => new Posting(share.AccountId, LedgerEntryKind.Reserve, share.Amount, request.OrderId))], deed, cancellationToken);
        return id;
    }

    private async Task<IReadOnlyList<ReservationPart>> LockParts(string reservationId, CancellationToken cancellationToken)
    {
        var queries = new FundQueries(context);
        var parts = await queries.Parts(reservationId, cancellationToken);
        await _ledger.LockAccounts([.. parts.Select(part => part.AccountId)], cancellationToken);
        return await queries.Parts(reservationId, cancellationToken);
    }

    private async Task<Dictionary<string, ReservationPart>> LockOf(IReadOnlyList<PartAmount> shares, CancellationToken cancellationToken)
    {
        var ids = shares.Select(share => share.PartId).ToList();
        var rows = context.Set<ReservationPart>().Where(part => ids.Contains(part.Id));
        await _ledger.LockAccounts(await rows.Select(part => part.AccountId).Distinct().ToListAsync(cancellationToken), cancellationToken);
        return await rows.ToDictionaryAsync(part => part.Id, cancellationToken);
    }
}
