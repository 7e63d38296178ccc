namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>One thing that a person gets or has got, whoever gives it.</summary>
/// <param name="Kind">Category, service, conference, gift, one of the needs, or what an imported list calls it.</param>
/// <param name="Unit">Who gives it.</param>
/// <param name="What">What it is.</param>
/// <param name="Amount">Yuan; none for what is no money, or whose money other rows tell.</param>
/// <param name="From">From which day.</param>
/// <param name="To">Until which day, when it ends.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Source">Which record tells it.</param>
/// <param name="SourceId">Its identifier there.</param>
public sealed record MeasureEntry(string Kind, string? Unit, string What, decimal? Amount, DateOnly From, DateOnly? To, string Status, string Source, string SourceId);
