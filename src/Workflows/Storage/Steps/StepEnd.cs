using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>A run of a step that ended by its outcomes.</summary>
/// <param name="Waited">From its first wait to its end; null when it never waited.</param>
public sealed record StepEnd(string DefinitionId, string ActivityId, TimeSpan? Waited, IReadOnlyList<string> Outcomes)
{
    /// <summary>Those in the events of one burst; none in what cannot be read, which is for the journal's own proof to tell.</summary>
    public static IReadOnlyList<StepEnd> In(string definitionId, byte[] events)
    {
        try
        {
            return Read(definitionId, events);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static List<StepEnd> Read(string definitionId, byte[] events)
    {
        List<StepEnd> ends = [];
        using var document = JsonDocument.Parse(events);
        foreach (var line in document.RootElement.EnumerateArray())
        {
            if (line.TryGetProperty("e", out var name) && name.ValueEquals("Completed") && line.TryGetProperty("a", out var activity)
                && line.TryGetProperty("d", out var data) && data.TryGetProperty("outcomes", out var outcomes))
                ends.Add(new StepEnd(definitionId, activity.GetString()!, Span(line, data), [.. outcomes.EnumerateArray().Select(one => one.GetString() ?? "")]));
        }

        return ends;
    }

    private static TimeSpan? Span(JsonElement line, JsonElement data) =>
        data.TryGetProperty("since", out var since) && since.TryGetDateTimeOffset(out var from) && line.GetProperty("t").TryGetDateTimeOffset(out var to) ? to - from : null;
}
