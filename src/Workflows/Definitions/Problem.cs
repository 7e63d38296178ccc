namespace Relief.Flow.Workflows.Definitions;

/// <summary>Something wrong with a definition or an input, told so that its author can mend it.</summary>
/// <param name="Code">A stable code, such as <c>definition.unreachable</c>.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
/// <param name="Field">The JSON path or input name that it concerns; null for the whole.</param>
/// <param name="ActivityId">The activity that it concerns; null for the whole definition.</param>
/// <param name="IsWarning">True when it does not stop a publish.</param>
public sealed record Problem(string Code, string Message, string? Field = null, string? ActivityId = null, bool IsWarning = false);
