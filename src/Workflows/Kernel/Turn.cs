using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>One advance in the making: the instance as it becomes, and the effects so far. Lives only inside <see cref="Interpreter.Advance"/>.</summary>
internal sealed class Turn(Definition definition, Instance instance, DateTimeOffset at)
{
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();

    /// <summary>The version that it runs on; another one from the moment that it goes over.</summary>
    public Definition Definition { get; set; } = definition;

    public Instance Instance { get; set; } = instance;

    public DateTimeOffset At { get; } = at;

    public Node NodeOf(Frame frame) => Definition.Nodes[frame.ActivityId];

    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>The runs directly inside a run.</summary>
    public IEnumerable<Frame> Inside(long ordinal) => Instance.Frames.Where(frame => frame.Parent == ordinal);

    /// <summary>Begins a run of an activity; it goes on in this burst.</summary>
    /// <param name="scope">What only it and those inside it see.</param>
    public void Enter(Node node, long? parent, ImmutableDictionary<string, JsonElement>? scope = null, bool isBranch = false)
    {
        var ordinal = Instance.LastOrdinal + 1;
        var frame = new Frame { Ordinal = ordinal, Parent = parent, ActivityId = node.Id, Scope = scope, IsBranch = isBranch };
        if (!node.Variables.IsEmpty && Surroundings.BranchOf(Instance, frame) is not null)
        {
            // Another branch may be in the same container: each has variables of its own.
            frame = frame with { Scope = frame.Scope ?? ImmutableDictionary<string, JsonElement>.Empty };
        }

        Instance = Forget(node).With(frame) with { LastOrdinal = ordinal };
        Journal("Started", ordinal, node.Id);
    }

    /// <summary>Puts a changed run back.</summary>
    public void Keep(Frame frame) => Instance = Instance.With(frame);

    /// <summary>Ends a run by its outcomes and tells its container.</summary>
    public void Leave(Frame frame, params IReadOnlyList<string> outcomes)
    {
        Remove(frame);
        Journal("Completed", frame.Ordinal, frame.ActivityId, new { outcomes, since = frame.Since });
        if (frame.Parent is not { } parent)
        {
            End(InstanceStatus.Finished, "Completed");
            return;
        }

        var container = Instance.Find(parent)!;
        (ControlFlow.Of(NodeOf(container).Type)?.ChildLeft ?? Held.ChildLeft)(this, container, frame, outcomes);
    }

    /// <summary>Ends a run although runs inside it are still at work: they are abandoned.</summary>
    public void BreakOff(Frame frame, params IReadOnlyList<string> outcomes)
    {
        foreach (var child in Inside(frame.Ordinal).ToArray())
        {
            Abandon(child);
        }

        Leave(Instance.Find(frame.Ordinal)!, outcomes);
    }

    /// <summary>Ends a run without telling its container: it has decided about a container further out.</summary>
    public void Vanish(Frame frame)
    {
        Remove(frame);
        Journal("Completed", frame.Ordinal, frame.ActivityId);
    }

    /// <summary>Takes a run and everything inside it away without an outcome.</summary>
    public void Abandon(Frame frame)
    {
        foreach (var child in Inside(frame.Ordinal).ToArray())
        {
            Abandon(child);
        }

        CancelChildren(frame);
        Remove(frame);
        Journal("Canceled", frame.Ordinal, frame.ActivityId);
    }

    /// <summary>Drops everything that a run waits for; the children that it waits for are cancelled.</summary>
    public void Forsake(Frame frame)
    {
        CancelChildren(frame);
        foreach (var standing in frame.Bookmarks)
        {
            Add(new DropBookmark(standing.Id));
        }
    }

    /// <summary>Ends the instance: nothing of it is left waiting.</summary>
    public void End(InstanceStatus status, string @event, object? data = null)
    {
        foreach (var frame in Instance.Frames.Where(frame => frame.Parent is null).ToArray())
        {
            Abandon(frame);
        }

        Instance = Instance with { Status = status, Incidents = [] };
        Journal(@event, 0, null, data);
        TellParentOf(status.ToString(), null);
    }

    /// <summary>Tells the parent, if one waits, how this instance stands.</summary>
    public void TellParentOf(string status, string? fault)
    {
        if (Instance.Parent is { } parent)
        {
            var output = FlowJson.Of(Instance.Output);
            var id = StableId.Of(Instance.Id, Instance.LastOrdinal, $"parent:{status}:{At.ToUnixTimeMilliseconds()}");
            Add(new TellParent(id, parent, new ChildEnded(Instance.Id, status, output, fault, Instance.Outcomes.IsEmpty ? null : Instance.Outcomes)));
        }
    }

    /// <summary>Gives a variable a value, as a run sees it: in the branch that has it for its own, else in the instance.</summary>
    public void Assign(Frame frame, string variableId, JsonElement value)
    {
        if (Surroundings.KeeperOf(Definition, Instance, frame, variableId) is { } keeper)
        {
            Keep(keeper with { Scope = keeper.Scope!.SetItem(variableId, value) });
            return;
        }

        Instance = Instance with { Variables = Instance.Variables.SetItem(variableId, value) };
    }

    /// <summary>Keeps an output: as the activity's last result, also for its branch alone, and in the variable that it is bound to.</summary>
    public void Output(Frame frame, string name, JsonElement value)
    {
        var node = NodeOf(frame);
        var key = $"{node.Id}.{name}";
        Instance = Instance with { Results = Instance.Results.SetItem(key, value) };
        if (Surroundings.BranchOf(Instance, frame) is { Scope: { } scope } branch)
        {
            Keep(branch with { Scope = scope.SetItem(key, value) });
        }

        if (node.Outputs.TryGetValue(name, out var variable))
        {
            Assign(frame, variable, value);
        }
    }

    public void Journal(string @event, long ordinal, string? activity, object? data = null) =>
        Add(new Note(@event, ordinal, activity, At, data is null ? default : FlowJson.Of(data)));

    public Step ToStep() => new(Definition, Instance, _effects.DrainToImmutable());

    private void CancelChildren(Frame frame)
    {
        foreach (var standing in frame.Bookmarks.Where(standing => standing.Child is not null))
        {
            Add(new CancelChild(StableId.Of(Instance.Id, frame.Ordinal, "cancel:" + standing.Id), standing.Child!.Value, "The parent does not wait any more."));
        }
    }

    private void Remove(Frame frame)
    {
        foreach (var standing in frame.Bookmarks)
        {
            Add(new DropBookmark(standing.Id));
        }

        Instance = Instance.Without(frame.Ordinal) with
        {
            Incidents = Instance.Incidents.IsEmpty ? [] : Instance.Incidents.RemoveAll(incident => incident.Ordinal == frame.Ordinal)
        };
    }

    // A container that is entered again begins with the initial values of its own variables.
    private Instance Forget(Node node) =>
        node.Variables.IsEmpty ? Instance : Instance with { Variables = Instance.Variables.RemoveRange(node.Variables.Select(variable => variable.Id)) };
}
