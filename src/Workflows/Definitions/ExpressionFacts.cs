using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>What can be known of an expression without running it.</summary>
/// <param name="Fault">Why it cannot run, with line and column where there are any; null when it can.</param>
/// <param name="VariableNames">Names of the variables that it reads by a fixed name.</param>
public sealed record ExpressionFacts(string? Fault, ImmutableArray<string> VariableNames);
