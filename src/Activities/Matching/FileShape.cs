namespace Relief.Flow.Activities.Matching;

/// <summary>What the rows of a file must have.</summary>
/// <param name="NeedsDate">Each row names a day, as that of a death.</param>
/// <param name="NeedsArea">Each row names its village: a hit list may be about people whom the register does not know.</param>
/// <param name="Areas">The codes of the county's areas.</param>
/// <param name="Today">No day is after this one.</param>
public sealed record FileShape(bool NeedsDate, bool NeedsArea, IReadOnlySet<string> Areas, DateOnly Today);
