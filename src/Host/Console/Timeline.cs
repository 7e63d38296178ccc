using System.Text.Json;
using Relief.Flow.Host.Designer;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>The journal of an instance in plain words, the latest first. What only holds other steps is left out, and so is a beginning whose end is told in the same breath.</summary>
internal sealed class Timeline(InstanceStory story, DrawnNames names, Visitor visitor)
{
    /// <summary>The most that is told; the journal itself has all.</summary>
    public const int Most = 200;

    public List<TimelineLine> Lines()
    {
        var told = story.Lines.Where((line, at) => line.ActivityId is null || line.Ordinal is null or 0 || !IsHolder(line.ActivityId) && !IsSaidAgain(line, at));
        return [.. told.Reverse().Take(Most).Select(Tell)];
    }

    private TimelineLine Tell(JournalLine line)
    {
        var step = line.ActivityId is null ? null : DrawnNames.StepName(story.Definition, line.ActivityId);
        var key = step is null ? $"journal.{line.Event}" : $"journal.step.{line.Event}";
        return new TimelineLine(line.At, step, visitor.SayOr(key, line.Event), line.Event)
        {
            Detail = Detail(line),
            By = Text(line.Data, "by") is { } by && (step is null || line.Event is "Retried" or "SentBack") ? visitor.SayOr($"trigger.{by}", by) : null
        };
    }

    private string? Detail(JournalLine line) => line.Event switch
    {
        "Completed" when Outcomes(line) is [var first, ..] outcomes && (outcomes.Count > 1 || first != "Done") =>
            string.Join("、", outcomes.Select(outcome => names.Outcome(story.Definition, line.ActivityId, outcome, visitor.Language))),
        "Faulted" => $"{Text(line.Data, "message")} ({Text(line.Data, "code")})",
        "ChildFaulted" => Text(line.Data, "message"),
        "Suspended" or "Canceled" when line.ActivityId is null => Text(line.Data, "reason"),
        "SentBack" => $"{DrawnNames.StepName(story.Definition, Text(line.Data, "to") ?? "")}：{Text(line.Data, "reason")}",
        "Migrated" or "MigrationRefused" => $"{Text(line.Data, "from")} → {Text(line.Data, "to")}：{Text(line.Data, "reason")}",
        "Interrupted" => visitor.SayOr($"halt.{Text(line.Data, "kind")}", Text(line.Data, "kind") ?? ""),
        _ => null
    };

    private bool IsHolder(string activityId) => story.Node(activityId) is { } node && (!node.Activities.IsEmpty || node.Embedded.Count > 0);

    private bool IsSaidAgain(JournalLine line, int at) => line.Event is "Started" or "Resumed"
        && story.Lines.Skip(at + 1).TakeWhile(later => later.Seq == line.Seq).Any(later => later.Ordinal == line.Ordinal && later.Event is "Completed" or "Suspended" or "Faulted");

    private static List<string> Outcomes(JournalLine line) =>
        line.Data.ValueKind == JsonValueKind.Object && line.Data.TryGetProperty("outcomes", out var outcomes) && outcomes.ValueKind == JsonValueKind.Array
            ? [.. outcomes.EnumerateArray().Select(one => one.ToString())]
            : [];

    private static string? Text(JsonElement data, string member) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}

/// <summary>One thing that happened.</summary>
/// <param name="Step">The step that it concerns; null for the whole instance.</param>
/// <param name="Event">The journal's own word, for the mark beside it.</param>
public sealed record TimelineLine(DateTimeOffset At, string? Step, string Text, string Event)
{
    public string? Detail { get; init; }

    public string? By { get; init; }
}
