using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>How an instance begins that an event, a request or a schedule started, and what it answers to requests.</summary>
internal static class Triggers
{
    /// <summary>How many answers are kept: as many callers may be answered between two looks of a caller who waits.</summary>
    private const int AnswersKept = 8;

    public static void Begin(Turn turn, Begin begin)
    {
        turn.Instance = turn.Instance with { Trigger = begin.Trigger };
        turn.Journal("Started", 0, null, begin.Trigger is { } fired
            ? new { by = fired.Kind.ToString(), trigger = fired.ActivityId, fired.Due, lateness = fired.Due is { } due ? begin.At - due : (TimeSpan?)null }
            : null);
        turn.Enter(turn.Definition.Root, null);
    }

    /// <summary>The child of a flowchart that is the trigger or holds it; null when the flowchart begins as it always does.</summary>
    public static Node? EntryOf(Turn turn, Node flowchart)
    {
        for (var id = turn.Instance.Trigger?.ActivityId; id is not null && turn.Definition.Nodes.TryGetValue(id, out var node); id = node.Parent)
        {
            if (node.Parent == flowchart.Id)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The trigger's activity has answered: whatever it does when it is entered again, it waits.</summary>
    public static void Spend(Turn turn, Frame frame)
    {
        if (turn.Instance.Trigger?.ActivityId == frame.ActivityId)
        {
            turn.Instance = turn.Instance with { Trigger = null };
        }
    }

    /// <summary>Keeps an answer; without a request there is nobody to answer.</summary>
    public static Instance Answer(Instance instance, AnswerRequest deed)
    {
        if ((deed.RequestId ?? instance.Request) is not { } request)
        {
            return instance;
        }

        var answers = instance.Answers.RemoveAll(earlier => earlier.RequestId == request).Add(deed.Answer with { RequestId = request });
        return instance with { Answers = answers.Length > AnswersKept ? answers.RemoveAt(0) : answers };
    }
}
