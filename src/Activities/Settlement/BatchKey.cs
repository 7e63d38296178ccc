using System.Globalization;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Which month of which supplier in which township.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="TownshipCode">The township.</param>
/// <param name="SupplierId">The supplier.</param>
/// <param name="Month">yyyy-MM.</param>
public sealed record BatchKey(string CountyCode, string TownshipCode, string SupplierId, string Month)
{
    /// <summary>The batch's id: there is one per key.</summary>
    public string Id => $"{TownshipCode}-{SupplierId}-{Month}";

    /// <summary>The first day of a month written yyyy-MM.</summary>
    public static DateOnly FirstOf(string month) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day of a month written yyyy-MM.</summary>
    public static DateOnly LastOf(string month) => FirstOf(month).AddMonths(1).AddDays(-1);
}
