namespace Relief.Flow.Host.Demo;

/// <summary>What a pathway's story came to, as the answers say.</summary>
/// <param name="CaseStatus">How the case stands.</param>
/// <param name="OrderStatus">How its order stands.</param>
/// <param name="Figures">The figures by their names, in the order in which they are told.</param>
/// <param name="Violations">Violations of the engine's invariants.</param>
internal sealed record PathwayFigures(string CaseStatus, string OrderStatus, IReadOnlyDictionary<string, decimal> Figures, int Violations);
