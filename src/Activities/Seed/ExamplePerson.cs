using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Seed;

/// <summary>An invented person with what is known of them.</summary>
internal sealed record ExamplePerson(PersonEntry Entry, ReliefCategory? Category, IReadOnlyList<(ConditionKind Kind, int? Level)> Conditions);
