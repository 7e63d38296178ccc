namespace Relief.Flow.Activities.Figures;

/// <summary>Every figure that is shown anywhere, in the order of the sheet.</summary>
public static class FigureList
{
    /// <summary>The figures.</summary>
    public static IReadOnlyList<Figure> All { get; } = [.. ServiceFigures.All, .. PeopleFigures.All, .. MoneyFigures.All, .. OversightFigures.All];

    private static readonly Dictionary<string, Figure> ByKey = All.ToDictionary(figure => figure.Key, StringComparer.Ordinal);

    /// <summary>A figure; null when there is none of this key.</summary>
    public static Figure? Find(string key) => ByKey.GetValueOrDefault(key);
}
