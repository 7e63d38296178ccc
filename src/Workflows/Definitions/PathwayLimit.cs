using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Within how many days of its start an instance shall be done, or be through with one step: <c>customProperties.deadline</c> of a definition.</summary>
/// <remarks>It stops nothing and starts nothing: it is what the past times of steps are held against, so that a late end is seen before it is late.</remarks>
/// <param name="Within">In calendar time, as past times are; working days are not reckoned here.</param>
/// <param name="Until">The activity whose end counts; null for the end of the whole.</param>
public sealed record PathwayLimit(TimeSpan Within, string? Until)
{
    private const string Member = "deadline";
    private const double MostDays = 36_500;

    /// <summary>The limit that a definition sets; null when it sets none that makes sense.</summary>
    public static PathwayLimit? Of(Definition definition) =>
        Days(definition) is { } days && definition.CustomProperties.Member(Member)!.Value.Text("until") is var until && (until is null || definition.Nodes.ContainsKey(until))
            ? new PathwayLimit(TimeSpan.FromDays(days), until)
            : null;

    internal static void Check(Definition definition, ImmutableArray<Problem>.Builder problems)
    {
        if (definition.CustomProperties.Member(Member) is null || Of(definition) is not null)
            return;

        problems.Add(new Problem(
            "definition.deadline", "The deadline needs 'days' above 0, and 'until', where given, is the id of an activity of this definition.", "customProperties.deadline").Told([]));
    }

    private static double? Days(Definition definition) =>
        definition.CustomProperties.Member(Member)?.Member("days") is { ValueKind: JsonValueKind.Number } days && days.TryGetDouble(out var value) && value is > 0 and <= MostDays
            ? value
            : null;
}
