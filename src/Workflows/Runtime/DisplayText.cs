namespace Relief.Flow.Workflows.Runtime;

/// <summary>What the designer shows for a thing: its name and one sentence on it, which may be empty.</summary>
public sealed record DisplayText(string Name, string Description);
