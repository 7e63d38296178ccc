using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What happens when a run cannot go on, and how it goes on after all.</summary>
internal static class Incidents
{
    /// <summary>The name of the timer that tries a run again by itself.</summary>
    public const string RetryTimer = "$retry";

    public static void Raise(Turn turn, Frame frame, Faulted faulted)
    {
        var node = turn.NodeOf(frame);
        var attempts = frame.Attempts + 1;
        var retryAt = faulted.MayRetry ? RetryPolicy.Of(node).Next(attempts, turn.At) : null;
        var stopped = frame with { State = retryAt is null ? FrameState.Faulted : FrameState.Waiting, Attempts = attempts };
        if (retryAt is { } due)
        {
            stopped = Interpreter.Set(turn, stopped, Bookmark.Timer(RetryTimer, due));
        }

        turn.Keep(stopped);
        var incident = new Incident(frame.Ordinal, node.Id, node.Type, faulted.Code, faulted.Message, faulted.Detail, turn.At, attempts, retryAt);
        turn.Instance = turn.Instance with { Incidents = turn.Instance.Incidents.RemoveAll(other => other.Ordinal == frame.Ordinal).Add(incident) };
        turn.Journal("Faulted", frame.Ordinal, node.Id, new { faulted.Code, faulted.Message, attempts, retryAt });
        if (retryAt is null && turn.Definition.IncidentStrategy == IncidentStrategy.Fault)
        {
            turn.Instance = turn.Instance with { Status = InstanceStatus.Faulted };
            turn.TellParentOf(nameof(InstanceStatus.Faulted), faulted.Message);
        }
    }

    public static void ShowChild(Turn turn, ChildStopped stopped)
    {
        foreach (var frame in turn.Instance.Frames)
        {
            if (frame.Bookmarks.Any(standing => standing.Child == stopped.Child))
            {
                var node = turn.NodeOf(frame);
                var incident = new Incident(frame.Ordinal, node.Id, node.Type, "child.faulted", stopped.Message, null, turn.At, 1, null);
                turn.Instance = turn.Instance with { Incidents = turn.Instance.Incidents.RemoveAll(other => other.Ordinal == frame.Ordinal).Add(incident) };
                turn.Journal("ChildFaulted", frame.Ordinal, node.Id, new { stopped.Message });
                if (ControlFlow.Of(node.Type) is null)
                {
                    Held.Enter(turn, frame, "childFaulted", ImmutableDictionary<string, JsonElement>.Empty.Add("ChildInstanceId", JsonSerializer.SerializeToElement(stopped.Child)));
                }

                return;
            }
        }
    }

    public static void TryAgain(Turn turn, Retry retry)
    {
        foreach (var frame in turn.Instance.Frames.Where(frame => Stuck(frame) && (retry.Ordinal is null || retry.Ordinal == frame.Ordinal)).ToArray())
        {
            foreach (var timer in frame.Bookmarks.Where(standing => standing.Name == RetryTimer))
            {
                turn.Add(new DropBookmark(timer.Id));
            }

            turn.Keep(frame with { State = FrameState.Ready, Attempts = 0, Bookmarks = frame.Bookmarks.RemoveAll(standing => standing.Name == RetryTimer) });
            turn.Journal("Retried", frame.Ordinal, frame.ActivityId, new { retry.By });
        }

        if (turn.Instance.Status == InstanceStatus.Faulted && !turn.Instance.Frames.Any(frame => frame.State == FrameState.Faulted))
        {
            turn.Instance = turn.Instance with { Status = InstanceStatus.Running, Yields = 0 };
        }
    }

    public static void Resolve(Turn turn, Frame frame)
    {
        if (turn.Instance.Incidents.Any(incident => incident.Ordinal == frame.Ordinal))
        {
            turn.Instance = turn.Instance with { Incidents = turn.Instance.Incidents.RemoveAll(incident => incident.Ordinal == frame.Ordinal) };
            turn.Journal("Resolved", frame.Ordinal, frame.ActivityId);
        }
    }

    private static bool Stuck(Frame frame) =>
        frame.State == FrameState.Faulted || frame.Bookmarks.Any(standing => standing.Name == RetryTimer);
}
