namespace Relief.Flow.Workflows.Definitions;

/// <summary>A line from one activity's port to another's entrance.</summary>
/// <param name="Source">Id of the activity that the line leaves.</param>
/// <param name="Port">The outcome that takes this line; <c>Done</c> when the file names none.</param>
/// <param name="Target">Id of the activity that the line enters.</param>
public sealed record Connection(string Source, string Port, string Target);
