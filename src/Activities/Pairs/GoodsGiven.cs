using Relief.Flow.Activities.InKind;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Goods that were handed over at a contact; gifts of money are not taken.</summary>
/// <param name="Goods">What was given, such as 棉被.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Value">What all of it is worth, in yuan to the cent.</param>
/// <param name="Receipt">The receipt: its number or hash.</param>
public sealed record GoodsGiven(string? Goods, decimal Quantity, decimal Value, string? Receipt)
{
    private static readonly string[] Money = ["现金", "红包", "慰问金", "cash", "money"];

    /// <summary>Why it cannot be booked, as a stable code; null when it can.</summary>
    public string? Problem =>
        Goods is not null && Money.Any(word => Goods.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "CashNotAllowed" : From("donor", default).Problem;

    /// <summary>The gift of a donor on a day.</summary>
    public InKindGift From(string donorId, DateOnly on) => new(donorId, Goods ?? "", Quantity, Value) { Receipt = Receipt ?? "", GivenOn = on };
}
