using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>One advance in the making: the instance as it becomes, and the effects so far. Lives only inside <see cref="Interpreter.Advance"/>.</summary>
internal sealed class Turn(Definition definition, Instance instance, DateTimeOffset at)
{
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();

    public Definition Definition { get; } = definition;

    public Instance Instance { get; set; } = instance;

    public DateTimeOffset At { get; } = at;

    public Node NodeOf(Frame frame) => Definition.Nodes[frame.ActivityId];

    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>Begins a run of an activity; it goes on in this burst.</summary>
    public void Enter(Node node, long? parent)
    {
        var ordinal = Instance.LastOrdinal + 1;
        Instance = Forget(node).With(new Frame { Ordinal = ordinal, Parent = parent, ActivityId = node.Id }) with { LastOrdinal = ordinal };
        Journal("Started", ordinal, node.Id);
    }

    /// <summary>Puts a changed run back.</summary>
    public void Keep(Frame frame) => Instance = Instance.With(frame);

    /// <summary>Ends a run by its outcomes and tells its container.</summary>
    public void Leave(Frame frame, params IReadOnlyList<string> outcomes)
    {
        Remove(frame);
        Journal("Completed", frame.Ordinal, frame.ActivityId, new { outcomes });
        if (frame.Parent is not { } parent)
        {
            End(InstanceStatus.Finished, "Completed");
            return;
        }

        var container = Instance.Find(parent)!;
        ControlFlow.Of(NodeOf(container).Type)!.ChildLeft(this, container, frame, outcomes);
    }

    /// <summary>Takes a run and everything inside it away without an outcome.</summary>
    public void Abandon(Frame frame)
    {
        foreach (var child in Instance.Frames.Where(child => child.Parent == frame.Ordinal).ToArray())
        {
            Abandon(child);
        }

        foreach (var standing in frame.Bookmarks.Where(standing => standing.Child is not null))
        {
            Add(new CancelChild(StableId.Of(Instance.Id, frame.Ordinal, "cancel:" + standing.Id), standing.Child!.Value, "The parent does not wait any more."));
        }

        Remove(frame);
        Journal("Canceled", frame.Ordinal, frame.ActivityId);
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
            Add(new TellParent(id, parent, new ChildEnded(Instance.Id, status, output, fault)));
        }
    }

    public void Assign(string variableId, JsonElement value) =>
        Instance = Instance with { Variables = Instance.Variables.SetItem(variableId, value) };

    /// <summary>Keeps an output: as the run's last result, and in the variable that it is bound to.</summary>
    public void Output(Node node, string name, JsonElement value)
    {
        Instance = Instance with { Results = Instance.Results.SetItem($"{node.Id}.{name}", value) };
        if (node.Outputs.TryGetValue(name, out var variable))
        {
            Assign(variable, value);
        }
    }

    public void Journal(string @event, long ordinal, string? activity, object? data = null) =>
        Add(new Note(@event, ordinal, activity, At, data is null ? default : FlowJson.Of(data)));

    public Step ToStep() => new(Instance, _effects.DrainToImmutable());

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
