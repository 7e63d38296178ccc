namespace Relief.Flow.Activities.InKind;

/// <summary>Goods as a donor reports them.</summary>
/// <param name="DonorId">Who gave.</param>
/// <param name="Goods">What was given.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Value">What all of it is worth, in yuan to the cent.</param>
public sealed record InKindGift(string DonorId, string Goods, decimal Quantity, decimal Value)
{
    /// <summary>The receipt: its number or hash.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>The day it was handed over.</summary>
    public DateOnly GivenOn { get; init; }

    /// <summary>Why it cannot be booked, as a stable code; null when it can.</summary>
    public string? Problem =>
        string.IsNullOrWhiteSpace(DonorId) ? "NoDonor"
        : string.IsNullOrWhiteSpace(Goods) ? "NoGoods"
        : Quantity <= 0 || decimal.Round(Quantity, 2) != Quantity ? "NoQuantity"
        : Value <= 0 || decimal.Round(Value, 2) != Value ? "NoValue"
        : string.IsNullOrWhiteSpace(Receipt) ? "NoReceipt"
        : null;
}
