namespace Relief.Flow.Activities.Orders;

/// <summary>What became of a change of an order.</summary>
public abstract record OrderResult
{
    /// <summary>It is done, now or by the first call with the same key.</summary>
    /// <param name="Id">The order, plan version or agreement.</param>
    public sealed record Done(string Id) : OrderResult;

    /// <summary>The state does not allow it.</summary>
    /// <param name="Status">The state it is in.</param>
    public sealed record WrongState(OrderStatus Status) : OrderResult;

    /// <summary>There is nothing under that id.</summary>
    public sealed record Unknown : OrderResult;
}
