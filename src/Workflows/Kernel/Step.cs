using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What the interpreter decided: the next instance, the rows to write with it, and the version that it goes on by.</summary>
public sealed record Step(Definition Definition, Instance Instance, ImmutableArray<Effect> Effects);
