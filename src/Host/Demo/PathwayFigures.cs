namespace Relief.Flow.Host.Demo;

/// <summary>What a story came to, as the answers say.</summary>
/// <param name="Status">How it stands: the case and its order, as <c>InService Active</c>, or what the story is about.</param>
/// <param name="Figures">The figures by their names, in the order in which they are told.</param>
/// <param name="Violations">Violations of the engine's invariants.</param>
internal sealed record PathwayFigures(string Status, IReadOnlyDictionary<string, decimal> Figures, int Violations);
