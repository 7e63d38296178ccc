namespace Relief.Flow.Host.Demo;

/// <summary>What one person decides on the open task of a kind.</summary>
/// <param name="Kind">The kind of the task.</param>
/// <param name="By">The staff id.</param>
/// <param name="Outcome">One of the task's outcomes.</param>
/// <param name="Form">The filled form.</param>
internal sealed record Decision(string Kind, string By, string Outcome, object? Form = null);
