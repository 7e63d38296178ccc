using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Cases;

/// <summary>Work for people about a case, before it is a task.</summary>
public sealed record DeskWork
{
    /// <summary>What is to be done, in Chinese; the case number is added.</summary>
    public required string Title { get; init; }

    /// <summary>What sort of task it is.</summary>
    public required string Kind { get; init; }

    /// <summary>Who may do it.</summary>
    public string? Role { get; init; }

    /// <summary>The decisions to choose from.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>The form.</summary>
    public IReadOnlyList<FormField> Form { get; init; } = [];

    /// <summary>What the person needs to see: numbers, codes and dates.</summary>
    public JsonElement Data { get; init; }

    /// <summary>Who may not do it.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>When it should be done.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Higher comes first.</summary>
    public int Priority { get; init; } = 50;
}
