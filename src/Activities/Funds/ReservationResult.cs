namespace Relief.Flow.Activities.Funds;

/// <summary>What became of a reservation.</summary>
public abstract record ReservationResult
{
    /// <summary>The whole amount is set aside.</summary>
    public sealed record Reserved(string ReservationId, IReadOnlyList<FundShare> Allocation) : ReservationResult;

    /// <summary>Part of it is set aside, because the caller allowed a part.</summary>
    public sealed record Partial(string ReservationId, IReadOnlyList<FundShare> Allocation, decimal Missing) : ReservationResult;

    /// <summary>There is not enough money; nothing is set aside.</summary>
    /// <param name="Available">What the eligible accounts could have carried under the rules asked for.</param>
    public sealed record Short(decimal Available) : ReservationResult;

    /// <summary>A rule stands in the way of money that is there: <c>CapExceeded</c>.</summary>
    public sealed record Blocked(string Reason) : ReservationResult;

    /// <summary>No candidate may pay for this purpose in that year (INV-02).</summary>
    public sealed record NotEligibleFund : ReservationResult;
}
