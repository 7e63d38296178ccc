namespace Relief.Flow.Activities.Neighbours;

/// <summary>A visit as the village writes it down.</summary>
/// <param name="HelperId">The helper.</param>
/// <param name="ServiceDate">The day.</param>
/// <param name="Content">What was done.</param>
public sealed record LogForm(string? HelperId, DateOnly ServiceDate, string? Content);
