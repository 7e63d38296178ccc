namespace Relief.Flow.Activities.InKind;

/// <summary>What came of booking goods.</summary>
public abstract record InKindResult
{
    private InKindResult()
    {
    }

    /// <summary>It stands in the ledger.</summary>
    public sealed record Booked(InKindEntry Entry) : InKindResult;

    /// <summary>It cannot be booked: NoDonor, NoGoods, NoQuantity, NoValue, NoReceipt, NotYetGiven, ReceiptUsed, UnknownEntry, TakenBack.</summary>
    public sealed record Refused(string Reason) : InKindResult;
}
