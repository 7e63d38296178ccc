namespace Relief.Flow.Activities.Catalogue;

/// <summary>A listed item with its price on a day.</summary>
/// <param name="Code">The item.</param>
/// <param name="Name">The Chinese name.</param>
/// <param name="Unit">What one unit is.</param>
/// <param name="Price">Yuan per unit; absent when none holds.</param>
/// <param name="Label">The price list.</param>
public sealed record PricedItem(string Code, string Name, ItemUnit Unit, decimal? Price, string? Label);
