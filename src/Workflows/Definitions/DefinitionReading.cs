using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>What came of reading a file: a definition, or the reasons why there is none.</summary>
/// <param name="Definition">Null exactly when <paramref name="Problems"/> holds one that is not a warning.</param>
/// <param name="Problems">All that is wrong, in the order of the file; each <see cref="Problem.Field"/> is a JSON path such as <c>$.root.activities[2].id</c>.</param>
public sealed record DefinitionReading(Definition? Definition, ImmutableArray<Problem> Problems);
