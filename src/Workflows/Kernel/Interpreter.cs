using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Decides what happens next. Pure: no clock, no database, no dependency injection, no logging, no async.</summary>
/// <remarks>The same definition, instance and stimulus always give the same step (I7), so a step can be replayed and compared without a host.</remarks>
public static class Interpreter
{
    public static Step Advance(Definition definition, Instance instance, Stimulus stimulus)
    {
        if (!instance.IsOpen)
        {
            return new Step(definition, instance, []); // I5: whatever comes after the end changes nothing.
        }

        var turn = new Turn(definition, instance, stimulus.At);
        if (!ByOperator(turn, stimulus))
        {
            ByItself(turn, stimulus);
        }

        turn.Instance = Settle(turn.Instance);
        return turn.ToStep();
    }

    private static void ByItself(Turn turn, Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Begin begin:
                Triggers.Begin(turn, begin);
                break;
            case Entered entered when turn.Instance.Find(entered.Ordinal) is { } frame:
                ControlFlow.Of(turn.NodeOf(frame).Type)!.Enter(turn, frame, entered.Inputs);
                break;
            case Returned returned when turn.Instance.Find(returned.Ordinal) is { } frame:
                Return(turn, frame, returned);
                break;
            case Wake wake:
                Rouse(turn, wake);
                break;
            case ChildStopped stopped:
                Incidents.ShowChild(turn, stopped);
                break;
            default:
                throw new InvalidOperationException($"No rule for {stimulus.GetType().Name} in instance {turn.Instance.Id}.");
        }
    }

    private static bool ByOperator(Turn turn, Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Cancel cancel:
                turn.End(InstanceStatus.Cancelled, "Canceled", new { cancel.Reason, cancel.By });
                return true;
            case Interrupted interrupted:
                turn.End(InstanceStatus.Cancelled, "Interrupted", new { interrupted.Kind });
                return true;
            case Retry retry:
                Incidents.TryAgain(turn, retry);
                return true;
            case Mend mend:
                Mending.Apply(turn, mend);
                return true;
            case Suspend suspend:
                turn.Instance = turn.Instance with { Status = InstanceStatus.Suspended };
                turn.Journal("Suspended", 0, null, new { suspend.Reason, suspend.By });
                return true;
            case Resume resume when turn.Instance.Status == InstanceStatus.Suspended:
                turn.Instance = turn.Instance with { Status = turn.Instance.Incidents.IsEmpty ? InstanceStatus.Running : InstanceStatus.Faulted };
                turn.Journal("Resumed", 0, null, new { resume.By });
                return true;
            default:
                return stimulus is Resume; // Resuming what was not suspended changes nothing.
        }
    }

    // Open instances are running while a run is ready; otherwise they wait, or, when only incidents are left, they stand still and say so.
    private static Instance Settle(Instance instance) => instance.Status switch
    {
        InstanceStatus.Running or InstanceStatus.Waiting when instance.Frames.Any(frame => frame.State == FrameState.Ready) =>
            instance with { Status = InstanceStatus.Running },
        InstanceStatus.Running or InstanceStatus.Waiting when instance.Frames.Any(frame => !frame.Bookmarks.IsEmpty) =>
            instance with { Status = InstanceStatus.Waiting },
        InstanceStatus.Running or InstanceStatus.Waiting => instance with { Status = InstanceStatus.Faulted },
        _ => instance
    };

    private static void Return(Turn turn, Frame frame, Returned returned)
    {
        foreach (var (name, value) in returned.Outputs)
        {
            turn.Output(frame, name, value);
        }

        frame = turn.Instance.Find(frame.Ordinal)!;
        if (returned.Result is not Faulted)
        {
            Incidents.Resolve(turn, frame);
            Triggers.Spend(turn, frame);
            Apply(turn, frame, returned.Result.Deeds);
            frame = Post(turn, turn.Instance.Find(frame.Ordinal)!, returned.Result.Send);
        }

        switch (returned.Result)
        {
            case Completed when returned.Result.Deeds.Any(deed => deed is EndInstance):
                turn.Journal("Completed", frame.Ordinal, frame.ActivityId);
                turn.Instance = turn.Instance.Without(frame.Ordinal);
                turn.End(InstanceStatus.Finished, "Completed");
                break;
            case Completed completed:
                Held.Leave(turn, frame, [completed.Outcome, .. completed.Also]);
                break;
            case Waiting waiting:
                Park(turn, frame, waiting);
                break;
            case Faulted faulted:
                Incidents.Raise(turn, frame, faulted);
                break;
        }
    }

    private static void Apply(Turn turn, Frame frame, ImmutableArray<Deed> deeds)
    {
        foreach (var deed in deeds)
        {
            switch (deed)
            {
                case AssignVariable(var id, var value):
                    turn.Assign(frame, id, value);
                    continue;
                case RunInside(var member, var scope):
                    Held.Enter(turn, frame, member, scope);
                    continue;
            }

            turn.Instance = deed switch
            {
                AssignOutput(var name, var value) => turn.Instance with { Output = turn.Instance.Output.SetItem(name, value) },
                Rename(var name) => turn.Instance with { Name = name },
                TakeRequest(var id) => turn.Instance with { Request = id },
                AnswerRequest answer => Triggers.Answer(turn.Instance, answer),
                SetCorrelation(var id) => turn.Instance with { CorrelationId = id },
                _ => turn.Instance
            };
        }
    }

    private static Frame Post(Turn turn, Frame frame, ImmutableArray<Message> messages)
    {
        foreach (var message in messages)
        {
            turn.Add(new SendMessage(StableId.Of(turn.Instance.Id, frame.Ordinal, "send:" + frame.Made), frame.ActivityId, message, null));
            frame = frame with { Made = frame.Made + 1 };
        }

        turn.Keep(frame);
        return frame;
    }

    private static void Park(Turn turn, Frame frame, Waiting waiting)
    {
        foreach (var bookmark in waiting.Bookmarks)
        {
            frame = Set(turn, frame, bookmark);
        }

        var next = frame.Pending.IsEmpty
            ? frame with { State = FrameState.Waiting, Wakeup = null, Attempts = 0 }
            : frame with { State = FrameState.Ready, Wakeup = frame.Pending[0], Pending = frame.Pending.RemoveAt(0), Attempts = 0 };
        next = next with { Memo = waiting.Memo ?? frame.Memo, Since = frame.Since ?? turn.At };
        turn.Keep(next);
        if (next.State == FrameState.Waiting && next.Bookmarks.IsEmpty)
        {
            // I8: a run that waits for nothing would never be woken.
            Incidents.Raise(turn, next, new Faulted("activity.waitsForNothing", "The activity waits, but for nothing that could wake it.") { MayRetry = false });
            return;
        }

        turn.Journal("Suspended", frame.Ordinal, frame.ActivityId, new { waitsFor = next.Bookmarks.Select(standing => standing.Name) });
    }

    internal static Frame Set(Turn turn, Frame frame, Bookmark bookmark)
    {
        var id = StableId.Of(turn.Instance.Id, frame.Ordinal, $"bookmark:{bookmark.Name}:{frame.Made}");
        Guid? child = null;
        if (bookmark.Request is { } request)
        {
            if (bookmark.Kind == BookmarkKind.Child)
            {
                (request, child) = ChildOf(turn, request, id);
            }

            turn.Add(new SendMessage(StableId.Of(turn.Instance.Id, frame.Ordinal, "send:" + frame.Made), frame.ActivityId, request, bookmark.Kind == BookmarkKind.Reply ? id : null));
        }

        turn.Add(new SetBookmark(id, frame.Ordinal, frame.ActivityId, bookmark with { Request = null }));
        return frame with { Made = frame.Made + 1, Bookmarks = frame.Bookmarks.Add(new Standing(id, bookmark.Name, bookmark.Kind, turn.At, bookmark.Due ?? bookmark.Task?.Due, child)) };
    }

    private static (Message Request, Guid Child) ChildOf(Turn turn, Message request, Guid bookmarkId)
    {
        var start = FlowJson.To<ChildStart>(request.Payload)!;
        start = start with { ParentId = turn.Instance.Id, ParentBookmark = bookmarkId };
        return (Message.Of(start) with { PassesHalt = request.PassesHalt }, start.InstanceId);
    }

    // I5: a bookmark that no run has any more was late or a duplicate.
    private static void Rouse(Turn turn, Wake wake)
    {
        foreach (var frame in turn.Instance.Frames)
        {
            foreach (var standing in frame.Bookmarks)
            {
                if (standing.Id == wake.BookmarkId)
                {
                    Rouse(turn, frame, standing, wake);
                    return;
                }
            }
        }
    }

    private static void Rouse(Turn turn, Frame frame, Standing standing, Wake wake)
    {
        var left = frame with { Bookmarks = frame.Bookmarks.Remove(standing) };
        if (standing.Name == Incidents.RetryTimer)
        {
            turn.Keep(left with { State = FrameState.Ready });
            turn.Journal("Retried", frame.Ordinal, frame.ActivityId, new { frame.Attempts });
            return;
        }

        var wakeup = new Wakeup(standing.Name, wake.Kind, wake.Payload, wake.At, wake.Lateness);
        turn.Keep(frame.State == FrameState.Waiting && frame.Bookmarks.All(other => other.Name != Incidents.RetryTimer)
            ? left with { State = FrameState.Ready, Wakeup = wakeup }
            : left with { Pending = left.Pending.Add(wakeup) });
        turn.Journal("Resumed", frame.Ordinal, frame.ActivityId, new { by = standing.Name });
    }
}
