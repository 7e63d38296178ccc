using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What operators do to an instance by hand. The journal says what, who and why; values are not repeated there.</summary>
internal static class Mending
{
    public static void Apply(Turn turn, Mend mend)
    {
        var done = mend switch
        {
            Redo redo => On(turn, redo.Ordinal, frame => Again(turn, frame, redo)),
            Skip skip => On(turn, skip.Ordinal, frame => Leave(turn, frame, skip)),
            Move move => On(turn, move.Ordinal, frame => Go(turn, frame, move)),
            SendBack back => On(turn, back.Ordinal, frame => Back(turn, frame, back)),
            Edit edit => Set(turn, edit),
            GoOver over => Migration.Apply(turn, over),
            _ => false
        };
        if (!done)
            turn.Journal("MendMissed", 0, null, new { deed = mend.GetType().Name, mend.By });

        if (turn.Instance.Status == InstanceStatus.Faulted && !turn.Instance.Frames.Any(frame => frame.State == FrameState.Faulted))
            turn.Instance = turn.Instance with { Status = InstanceStatus.Running, Yields = 0 };
    }

    private static bool On(Turn turn, long ordinal, Func<Frame, bool> deed) => turn.Instance.Find(ordinal) is { } frame && deed(frame);

    private static bool Again(Turn turn, Frame frame, Redo redo)
    {
        Restart(turn, frame);
        turn.Journal("Redone", frame.Ordinal, frame.ActivityId, new { redo.Reason, redo.By });
        return true;
    }

    /// <summary>Begins a run again under its ordinal: what it waits for and what runs inside it is dropped.</summary>
    public static void Restart(Turn turn, Frame frame)
    {
        foreach (var child in turn.Inside(frame.Ordinal).ToArray())
            turn.Abandon(child);

        turn.Forsake(frame);
        turn.Keep(frame with { State = FrameState.Ready, Wakeup = null, Pending = [], Bookmarks = [], Since = null, Attempts = 0, Memo = null, Progress = null });
        Incidents.Resolve(turn, frame);
    }

    private static bool Leave(Turn turn, Frame frame, Skip skip)
    {
        turn.Journal("Skipped", frame.Ordinal, frame.ActivityId, new { skip.Outcome, skip.Reason, skip.By });
        turn.Forsake(frame);
        turn.BreakOff(frame, skip.Outcome);
        return true;
    }

    // Only within one flowchart: elsewhere a place is made by what came before it, and cannot be gone to.
    private static bool Go(Turn turn, Frame frame, Move move)
    {
        if (Beside(turn, frame, move.To) is not { } target)
            return false;

        turn.Journal("Moved", frame.Ordinal, frame.ActivityId, new { move.To, move.Reason, move.By });
        Flowchart.Place(turn, frame, target);
        return true;
    }

    // What it waited for is gone: without the step to go back to, it asks anew.
    private static bool Back(Turn turn, Frame frame, SendBack back)
    {
        turn.Journal("SentBack", frame.Ordinal, frame.ActivityId, new { back.To, back.Reason, back.By });
        if (Beside(turn, frame, back.To) is { } target)
            Flowchart.Place(turn, frame, target);
        else
            Restart(turn, frame);
        return true;
    }

    private static Node? Beside(Turn turn, Frame frame, string step) =>
        frame.Parent is { } parent && turn.Instance.Find(parent) is { } container && turn.NodeOf(container) is { Type: Flowchart.Type } chart
            ? chart.Activities.FirstOrDefault(node => node.Id == step)
            : null;

    private static bool Set(Turn turn, Edit edit)
    {
        turn.Instance = turn.Instance with { Variables = turn.Instance.Variables.SetItems(edit.Values) };
        turn.Journal("Edited", 0, null, new { variables = edit.Values.Keys.Order(StringComparer.Ordinal), edit.Reason, edit.By });
        return true;
    }
}
