using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What the interpreter decided: the next instance, and the rows to write with it.</summary>
public sealed record Step(Instance Instance, ImmutableArray<Effect> Effects);
