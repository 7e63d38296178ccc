namespace Relief.Flow.Activities.Figures;

/// <summary>What a figure comes to.</summary>
/// <param name="Key">The figure.</param>
/// <param name="Value">The sum; of a share the quotient, and null where there is no whole.</param>
/// <param name="Parts">The same by township; what belongs to none stands at the county's own code.</param>
public sealed record FigureValue(string Key, decimal? Value, IReadOnlyList<FigurePart> Parts);

/// <summary>The part of a figure that a township has.</summary>
public sealed record FigurePart(string AreaCode, decimal? Value);

/// <summary>A month of a figure.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Value">The figure of that month alone.</param>
public sealed record FigureMonth(DateOnly From, decimal? Value);

/// <summary>One of the records that a figure is the sum of.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Day">The day by which it counts; none for what is as of a day.</param>
/// <param name="AreaCode">Where it counts.</param>
/// <param name="What">What sort it is.</param>
/// <param name="Adds">What it adds to the figure.</param>
public sealed record FigureRecord(string Id, DateOnly? Day, string AreaCode, string? What, decimal Adds);
