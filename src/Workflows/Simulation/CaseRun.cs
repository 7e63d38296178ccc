using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Plays one case on the real interpreter, in virtual time, until it ends or nothing more can happen.</summary>
internal sealed class CaseRun(Definition definition, Cast cast, SimulationPlan plan, Stage stage)
{
    private const string Played = "$played";
    private const int Remembered = 60;

    private readonly PriorityQueue<SetBookmark, (DateTimeOffset Due, long Order)> _timers = new();
    private readonly Dictionary<long, DateTimeOffset> _begun = [];
    private readonly Queue<string> _path = [];
    private Random _random = new(0);
    private Instance _instance = new() { Id = Guid.Empty };
    private DateTimeOffset _now;
    private CaseTrace _trace = new();
    private long _order;

    public async Task<CaseTrace> Run(int number, CancellationToken cancellationToken)
    {
        _random = new Random(unchecked((plan.Seed * 486_187_739) + (number * 1_000_003)));
        _now = plan.StartAt;
        _instance = new Instance { Id = StableId.Of($"simulation|{plan.Seed}|{number}"), Input = cast.Input(_random) };
        _trace = new CaseTrace { Path = _path };
        Apply(new Begin(_now));
        for (var steps = 0; ; steps++)
        {
            if (_instance.NextReady() is { } frame)
            {
                if (steps >= plan.StepLimit)
                    return End(CaseEnd.Endless, null);
                await Step(frame, cancellationToken);
            }
            else if (!_instance.IsOpen)
                return End(CaseEnd.Finished, null);
            else if (!Wake())
                return End(CaseEnd.Standing, _instance.Incidents.LastOrDefault());
        }
    }

    private CaseTrace End(CaseEnd end, Incident? incident)
    {
        _trace.End = end;
        _trace.Reason = incident?.Message;
        _trace.At = incident?.ActivityId ?? (end == CaseEnd.Standing ? _instance.Frames.LastOrDefault()?.ActivityId : null) ?? _path.LastOrDefault();
        _trace.Output = _instance.Output;
        _trace.Hours = (_now - plan.StartAt).TotalHours;
        _trace.WorkingHours = stage.Time.HoursBetween(plan.StartAt, _now);
        return _trace;
    }

    private async Task Step(Frame frame, CancellationToken cancellationToken)
    {
        var node = definition.Nodes[frame.ActivityId];
        var isControl = ControlFlow.Of(node.Type) is not null;
        if (!isControl && !cast.IsReal(node))
        {
            Play(frame, node);
            return;
        }

        var open = new OpenBurst(ClaimAt(), definition, _instance);
        var evaluated = stage.Inputs.Evaluate(open, frame, node);
        if (evaluated.Fault is { } fault)
            Apply(new Returned(frame.Ordinal, fault with { MayRetry = false }, [], _now));
        else if (isControl)
            Apply(new Entered(frame.Ordinal, evaluated.Values, _now));
        else
        {
            var (result, outputs) = await stage.Runner.Run(open, frame, new ActivityCall(node, evaluated.Values, null), cancellationToken);
            Apply(new Returned(frame.Ordinal, result is Faulted faulted ? faulted with { MayRetry = false } : result, outputs, _now));
        }
    }

    private void Play(Frame frame, Node node)
    {
        if (frame.Wakeup is null && cast.Of(node).Until(_now, stage.Time, _random) is var until && until > _now)
        {
            Apply(new Returned(frame.Ordinal, new Waiting([Bookmark.Timer(Played, until)]), [], _now));
            return;
        }

        var (outcome, outputs, deeds) = cast.Play(node, _random);
        Apply(new Returned(frame.Ordinal, new Completed(outcome) { Deeds = deeds }, outputs, _now));
    }

    // A timer whose run was cancelled meanwhile wakes nobody: the interpreter lets it pass.
    private bool Wake()
    {
        if (!_timers.TryDequeue(out var timer, out var at))
            return false;

        _now = at.Due > _now ? at.Due : _now;
        Apply(new Wake(timer.Id, BookmarkKind.Timer, default, TimeSpan.Zero, _now));
        return true;
    }

    private void Apply(Stimulus stimulus)
    {
        var step = Interpreter.Advance(definition, _instance, stimulus);
        _instance = step.Instance;
        foreach (var effect in step.Effects)
        {
            if (effect is SetBookmark { Bookmark: { Kind: BookmarkKind.Timer, Due: { } due } } timer)
                _timers.Enqueue(timer, (due, _order++));
            else if (effect is Note { ActivityId: { } activity } note)
                Heed(note, activity);
        }
    }

    private void Heed(Note note, string activity)
    {
        if (note.Event == "Started")
        {
            _begun[note.Ordinal] = _now;
            _trace.Begun.Add(activity);
            _path.Enqueue(activity);
            if (_path.Count > Remembered)
                _path.Dequeue();
        }
        else if (note.Event == "Completed" && _begun.Remove(note.Ordinal, out var since))
        {
            _trace.Ended.Add((activity, (_now - since).TotalHours, stage.Time.HoursBetween(since, _now)));
            if (note.Data.ValueKind == JsonValueKind.Object && note.Data.TryGetProperty("outcomes", out var outcomes))
                Follow(activity, [.. outcomes.EnumerateArray().Select(outcome => outcome.GetString()!)]);
        }
    }

    private void Follow(string activity, ImmutableArray<string> outcomes)
    {
        var node = definition.Nodes[activity];
        if (node.Parent is not { } parent || definition.Nodes[parent] is not { Type: Flowchart.Type } flowchart)
            return;

        var lines = FlowGraph.Of(flowchart).From(activity, outcomes).ToArray();
        _trace.Lines.AddRange(lines);
        var isMeant = outcomes.All(NodePorts.Ignored(node).Contains);   // the author has said that nothing follows
        if (lines.Length == 0 && !isMeant && (outcomes is not [Activity.Done] || FlowGraph.PortsOf(definition, node).Count > 0))
            _trace.Silent.Add((activity, string.Join(", ", outcomes)));
    }

    private Claim ClaimAt() => new()
    {
        InstanceId = _instance.Id, Token = 0, Wake = 0, Attempts = 0, Seq = 0, Mail = [], Now = _now,
        DefinitionId = definition.Id, DefinitionVersionId = definition.VersionId, DefinitionVersion = definition.Version
    };
}

/// <summary>What every case is played on.</summary>
internal sealed record Stage(NodeInputs Inputs, ActivityRunner Runner, WorkTime Time);
