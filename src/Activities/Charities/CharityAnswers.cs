using System.Text.Json;

namespace Relief.Flow.Activities.Charities;

/// <summary>What charities send with their answers.</summary>
internal static class CharityAnswers
{
    /// <summary>The answers for the persons of a list; null when they have another shape.</summary>
    public static IReadOnlyList<ListAnswer>? Persons(this Answer answer) =>
        answer.Data.ValueKind == JsonValueKind.Object && answer.Data.TryGetProperty("answers", out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Select(FormData.Read<ListAnswer>).ToList() is var read && read.TrueForAll(one => one is not null)
            ? [.. read.Select(one => one!)]
            : null;
}
