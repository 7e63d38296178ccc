namespace Relief.Flow.Activities.Charities;

/// <summary>What a charity reports to have delivered to one person.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Date">The day.</param>
/// <param name="Value">What it is worth in yuan.</param>
/// <param name="Receipt">The person's receipt; of money, the donation agreement (Charity Law art. 60).</param>
public sealed record CharityGift(CharityKind Kind, DateOnly Date, decimal? Value, string? Receipt)
{
    /// <summary>The goods, such as 棉衣.</summary>
    public string? Goods { get; init; }

    /// <summary>How many.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>What the charity asks in return, such as publicity: refused by default.</summary>
    public string? Condition { get; init; }

    /// <summary>Why it cannot be taken as it is: a stable code; null when it can.</summary>
    public string? Problem(DateOnly today) =>
        !string.IsNullOrWhiteSpace(Condition) ? "ConditionalDonation"
        : Date == default || Date > today ? "NotYetGiven"
        : string.IsNullOrWhiteSpace(Receipt) ? "NoReceipt"
        : Kind is CharityKind.Goods or CharityKind.Money && Value is not > 0 ? "NoValue"
        : null;
}
