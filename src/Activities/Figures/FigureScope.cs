using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Figures;

/// <summary>Of where and when a figure is.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="From">The first day, in China.</param>
/// <param name="To">The last.</param>
public sealed record FigureScope(string CountyCode, DateOnly From, DateOnly To)
{
    /// <summary>The areas whose records count; null for the whole county, with what belongs to none of its townships.</summary>
    public string[]? Areas { get; init; }

    /// <summary>The first moment of the period.</summary>
    public DateTimeOffset Start => ChinaTime.StartOf(From);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset End => ChinaTime.StartOf(To.AddDays(1));

    /// <summary>The same, month by month.</summary>
    public IEnumerable<FigureScope> Months()
    {
        for (var from = From; from <= To; from = new DateOnly(from.Year, from.Month, 1).AddMonths(1))
        {
            var last = new DateOnly(from.Year, from.Month, 1).AddMonths(1).AddDays(-1);
            yield return this with { From = from, To = last < To ? last : To };
        }
    }
}
