namespace Relief.Flow.Activities.Funds;

/// <summary>What one person proposes for a year's open reservations; another approves it.</summary>
/// <param name="Document">The document of the decision.</param>
/// <param name="Rest">What becomes of those that are not named.</param>
/// <param name="Named">Reservations with a choice of their own.</param>
public sealed record CarryProposal(string Document, CarryChoice Rest, IReadOnlyDictionary<string, CarryChoice> Named);
