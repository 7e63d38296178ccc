namespace Relief.Flow.Workflows.Expressions;

/// <summary>A script asked for more than it may have. It is not a JavaScript error, so that no script can catch it.</summary>
internal sealed class ScriptLimitException(string message) : Exception(message);
