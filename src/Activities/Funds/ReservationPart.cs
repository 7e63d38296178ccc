namespace Relief.Flow.Activities.Funds;

/// <summary>The share of a reservation that one account carries.</summary>
public sealed record ReservationPart
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The reservation.</summary>
    public required string ReservationId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The order in which shares are used.</summary>
    public required int Rank { get; init; }

    /// <summary>Yuan ever reserved here.</summary>
    public decimal Reserved { get; init; }

    /// <summary>Yuan given back unused.</summary>
    public decimal Released { get; init; }

    /// <summary>Yuan ever committed out of it.</summary>
    public decimal Committed { get; init; }

    /// <summary>Yuan of the committed that are so by accrual: for what was delivered in a year and not billed at its close.</summary>
    public decimal Accrued { get; init; }

    /// <summary>Yuan paid out of it.</summary>
    public decimal Spent { get; init; }

    /// <summary>Yuan still reserved: neither given back nor committed in any way.</summary>
    public decimal Unspoken => Reserved - Released - Committed;

    /// <summary>The share after so much of its accrual went back into the reserved.</summary>
    public ReservationPart Reversed(decimal accrued) => this with { Accrued = Accrued - accrued, Committed = Committed - accrued };

    /// <summary>The opposite entry of an accrual: it says that it is one.</summary>
    public static Posting Reversal(Posting accrual) => accrual with { Amount = -accrual.Amount, Reason = "AccrualReversed" };
}
