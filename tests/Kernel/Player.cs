using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Kernel;

/// <summary>Plays a definition by hand: what each activity answers is told, and the order in which they ran is kept.</summary>
internal sealed class Player(Definition definition)
{
    private readonly Dictionary<string, Func<ActivityResult>> _answers = [];
    private readonly Dictionary<string, FrozenDictionary<string, JsonElement>> _inputs = [];

    public static readonly DateTimeOffset Noon = new(2026, 3, 16, 4, 0, 0, TimeSpan.Zero);

    public Instance Instance { get; private set; } = new() { Id = Guid.Parse("00000000-0000-7000-8000-000000000001") };

    public List<string> Ran { get; } = [];

    public List<Effect> Effects { get; } = [];

    public Player Answers(string activity, ActivityResult result)
    {
        _answers[activity] = () => result;
        return this;
    }

    public Player Answers(string activity, Func<ActivityResult> result)
    {
        _answers[activity] = result;
        return this;
    }

    public Player WaitsAt(string activity) => Answers(activity, new Waiting([Bookmark.Event("for", activity)]));

    public Player Inputs(string activity, object inputs)
    {
        _inputs[activity] = JsonSerializer.SerializeToElement(inputs).EnumerateObject().ToFrozenDictionary(member => member.Name, member => member.Value);
        return this;
    }

    public Player Begin() => Send(new Begin(Noon));

    public Player Send(Stimulus stimulus)
    {
        Apply(stimulus);
        Run();
        return this;
    }

    /// <summary>Consumes the bookmark at which an activity waits.</summary>
    public Player Wake(string activity)
    {
        var bookmark = Instance.Frames.First(frame => frame.ActivityId == activity && !frame.Bookmarks.IsEmpty).Bookmarks[0];
        return Send(new Wake(bookmark.Id, bookmark.Kind, default, TimeSpan.Zero, Noon));
    }

    public string[] WaitingAt => [.. Instance.Frames.Where(frame => !frame.Bookmarks.IsEmpty).Select(frame => frame.ActivityId)];

    private void Run()
    {
        while (Instance.NextReady() is { } frame)
        {
            var node = definition.Nodes[frame.ActivityId];
            if (ControlFlow.Of(node.Type) is not null)
            {
                Apply(new Entered(frame.Ordinal, _inputs.GetValueOrDefault(node.Id, FrozenDictionary<string, JsonElement>.Empty), Noon));
                continue;
            }

            Ran.Add(node.Id);
            var result = frame.Wakeup is null && _answers.TryGetValue(node.Id, out var answer) ? answer() : new Completed(Activity.Done);
            Apply(new Returned(frame.Ordinal, result, [], Noon));
        }
    }

    private void Apply(Stimulus stimulus)
    {
        var before = InstanceState.Write(Instance);
        var step = Interpreter.Advance(definition, Instance, stimulus);
        var again = Interpreter.Advance(definition, InstanceState.Read(before), stimulus);
        Assert.Equal(InstanceState.Write(step.Instance), InstanceState.Write(again.Instance)); // I7: a function, also over what is stored.
        Assert.Equal(step.Effects.Length, again.Effects.Length);
        (definition, Instance) = (step.Definition, step.Instance);
        Effects.AddRange(step.Effects);
        AssertNoStall();
    }

    // I8: whatever is open has something ready, a bookmark, or an incident.
    private void AssertNoStall()
    {
        if (Instance.IsOpen)
        {
            Assert.True(
                Instance.Frames.Any(frame => frame.State == FrameState.Ready || !frame.Bookmarks.IsEmpty) || !Instance.Incidents.IsEmpty,
                $"{Instance.Status} with nothing that could wake it");
        }
        else
        {
            Assert.Empty(Instance.Frames);
        }
    }
}
