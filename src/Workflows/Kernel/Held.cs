using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>An activity with a class of its own that has further activities run inside it, such as what follows a status code.</summary>
/// <remarks>It leaves when it has said by what, and nothing runs inside it any more.</remarks>
internal static class Held
{
    /// <summary>Begins what is drawn in a member of the activity; nothing when nothing is drawn there.</summary>
    public static void Enter(Turn turn, Frame frame, string member, ImmutableDictionary<string, JsonElement>? scope)
    {
        if (turn.NodeOf(frame).Embedded.TryGetValue(member, out var child))
        {
            turn.Enter(child, frame.Ordinal, scope);
        }
    }

    /// <summary>The activity has ended: it leaves, at once or after what runs inside it.</summary>
    public static void Leave(Turn turn, Frame frame, ImmutableArray<string> outcomes)
    {
        if (!turn.Inside(frame.Ordinal).Any())
        {
            turn.Leave(frame, outcomes);
            return;
        }

        foreach (var standing in frame.Bookmarks)
        {
            turn.Add(new DropBookmark(standing.Id));
        }

        turn.Keep(frame with { State = FrameState.Open, Bookmarks = [], Wakeup = null, Progress = new Progress { Outcomes = outcomes } });
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes)
    {
        if (frame.State == FrameState.Open && !turn.Inside(frame.Ordinal).Any())
        {
            turn.Leave(frame, frame.Progress!.Outcomes);
        }
    }
}
