namespace Relief.Flow.Activities.Funds;

/// <summary>Shares an amount among accounts.</summary>
internal static class Allocation
{
    /// <summary>In the order given: the first account that can carry all of it or, when splitting is allowed, as much as each can.</summary>
    /// <param name="request">The amount and whether it may be split or partly met.</param>
    /// <param name="accounts">The eligible accounts in the order of their use.</param>
    /// <param name="capRoom">What all F3 accounts together may still take on (INV-03).</param>
    public static IReadOnlyList<FundShare> Share(ReservationRequest request, IReadOnlyList<FundAccount> accounts, decimal capRoom)
    {
        if (!request.SplitAllowed)
            return Whole(request, accounts, capRoom);

        List<FundShare> shares = [];
        var missing = request.Amount;
        foreach (var account in accounts)
        {
            var amount = Math.Min(missing, Room(account, capRoom));
            if (amount <= 0)
                continue;
            missing -= amount;
            capRoom -= account.Kind == FundKind.F3 ? amount : 0;
            shares.Add(new FundShare(account.Id, account.Kind, amount));
        }

        return shares;
    }

    private static IReadOnlyList<FundShare> Whole(ReservationRequest request, IReadOnlyList<FundAccount> accounts, decimal capRoom)
    {
        var one = accounts.FirstOrDefault(account => Room(account, capRoom) >= request.Amount)
            ?? (request.PartialAllowed ? accounts.MaxBy(account => Room(account, capRoom)) : null);
        return one is null || Room(one, capRoom) <= 0
            ? []
            : [new FundShare(one.Id, one.Kind, Math.Min(request.Amount, Room(one, capRoom)))];
    }

    private static decimal Room(FundAccount account, decimal capRoom) =>
        account.Kind == FundKind.F3 ? Math.Min(FundQueries.AvailableOf(account), capRoom) : FundQueries.AvailableOf(account);
}
