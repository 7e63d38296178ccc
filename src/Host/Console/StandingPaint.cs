using System.Collections.Immutable;
using Relief.Flow.Host.Aids;
using Relief.Flow.Host.Designer;
using Relief.Flow.Workflows.Drawing;

namespace Relief.Flow.Host.Console;

/// <summary>Paints over a drawing where one instance stands: what is done, where it waits, what stopped.</summary>
internal static class StandingPaint
{
    public static DiagramPaint Of(InstanceStory story, Visitor visitor)
    {
        Dictionary<string, Mark> marks = [];
        foreach (var done in story.Runs().Where(run => run.Status == "Completed" && !IsContainer(story, run.ActivityId)).GroupBy(run => run.ActivityId))
            marks[done.Key] = new Mark(MarkKind.Reached, done.Count() > 1 ? visitor.Say("mark.timesDone", done.Count()) : null);
        foreach (var wait in story.Detail.Bookmarks.GroupBy(bookmark => bookmark.ActivityId))
            marks[wait.Key] = new Mark(MarkKind.Standing, visitor.Span(visitor.Now - wait.Min(bookmark => bookmark.CreatedAt)), 0, visitor.Say("mark.Standing"));
        foreach (var incident in story.Detail.Incidents)
            marks[incident.ActivityId] = new Mark(MarkKind.Stuck, visitor.Say("mark.Stuck"), 0, incident.Message);
        return new DiagramPaint { Activities = marks.ToImmutableDictionary(StringComparer.Ordinal) };
    }

    /// <summary>The look of a picture with our own words for the marks.</summary>
    public static DiagramStyle Style(DrawnPictures pictures, Visitor visitor, DiagramPaint paint) => pictures.Style(visitor.Language, paint) with
    {
        Word = key => key.StartsWith("mark.", StringComparison.Ordinal) ? visitor.Say(key) : AidTexts.Word(visitor.Language, key)
    };

    private static bool IsContainer(InstanceStory story, string activityId) =>
        story.Node(activityId) is { } node && (!node.Activities.IsEmpty || node.Embedded.Count > 0);
}
