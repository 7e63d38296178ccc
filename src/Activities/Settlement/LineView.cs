namespace Relief.Flow.Activities.Settlement;

/// <summary>A line as it is looked at.</summary>
/// <param name="Line">The line; it names the earlier line that it puts right.</param>
/// <param name="Splits">The accounts that pay it.</param>
/// <param name="PutRightBy">The later line that puts this one right.</param>
public sealed record LineView(SettlementLine Line, IReadOnlyList<LineSplit> Splits, string? PutRightBy);
