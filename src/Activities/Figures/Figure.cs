using System.Linq.Expressions;

namespace Relief.Flow.Activities.Figures;

/// <summary>One statistic: a query over the records, which is both the number and the list of what it is the sum of (INV-29). Nobody types one.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Chinese">The name.</param>
/// <param name="English">The name in English.</param>
/// <param name="Unit">In what it is counted.</param>
public sealed record Figure(string Key, string Chinese, string English, FigureUnit Unit)
{
    /// <summary>What counts, in words.</summary>
    public required string MeaningChinese { get; init; }

    /// <summary>The same in English.</summary>
    public required string Meaning { get; init; }

    /// <summary>The record that is counted, as its table is called; of a share, of its part.</summary>
    public required string Of { get; init; }

    /// <summary>Whether it is as of the period's last day, not of the whole period.</summary>
    public bool IsStock { get; init; }

    /// <summary>Whether the figures of the months make that of the year: not where each person counts once, and not where something is as of a day.</summary>
    public bool AddsUp => !IsStock && Unit is not (FigureUnit.Persons or FigureUnit.Share);

    /// <summary>Which services it counts; null where it counts something else.</summary>
    internal Expression<Func<ServedRow, bool>>? Services
    {
        get;
        init
        {
            field = value;
            Counts = value?.Compile();
        }
    }

    /// <summary>The same for groups that were read already.</summary>
    internal Func<ServedRow, bool>? Counts { get; private init; }

    /// <summary>What it counts where that is no service.</summary>
    internal Func<ReliefDbContext, FigureScope, IQueryable<FigureRow>>? Rows { get; init; }

    /// <summary>Of a share: the figure of the part, and that of the whole.</summary>
    public (string Part, string Whole)? Parts { get; init; }

    /// <summary>The part of the key before the first dot: what it stands beside.</summary>
    public string Group => Key.Split('.')[0];

    /// <summary>Whether its records bring amounts of their own.</summary>
    internal bool Sums => Unit is FigureUnit.Yuan or FigureUnit.Days;
}
