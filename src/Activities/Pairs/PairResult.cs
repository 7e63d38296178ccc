namespace Relief.Flow.Activities.Pairs;

/// <summary>What became of a change of a pair.</summary>
public abstract record PairResult
{
    /// <summary>It is done, now or by the first call with the same key.</summary>
    /// <param name="Id">The pair or the contact.</param>
    public sealed record Done(string Id) : PairResult;

    /// <summary>It cannot be: NotPaired, DayOutsidePair, UnknownKind, NoContent, UnknownPair, CashNotAllowed, ReceiptUsed and the other reasons of the in-kind ledger.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : PairResult;
}
