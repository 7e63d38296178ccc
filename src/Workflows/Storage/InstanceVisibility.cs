namespace Relief.Flow.Workflows.Storage;

/// <summary>Which instances and tasks whoever asks may see. The engine knows nobody: the application says it, anew for each question.</summary>
/// <param name="Instances">Gives a condition on the instance <c>i</c>; null when everything may be seen.</param>
/// <param name="Tasks">Gives a condition on the table <c>task</c>; null when everything may be seen.</param>
public sealed record InstanceVisibility(Func<VisibleWhere?> Instances, Func<VisibleWhere?> Tasks);

/// <param name="Condition">SQL with <c>{0}</c> and on for its values; <c>@schema.table</c> is a table of another schema.</param>
public sealed record VisibleWhere(string Condition, IReadOnlyList<object> Values);
