using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Who plays what: which activities run for real, and what the others do by script or by chance.</summary>
internal sealed class Cast(Definition definition, SimulationScript script, ActivityCatalog catalog)
{
    private static readonly PlayedDuration ADay = new(Unit: DurationUnit.WorkingDays);
    private static readonly PlayedDuration ThreeDays = new(Mean: 3, Unit: DurationUnit.WorkingDays);
    private static readonly PlayedDuration AtOnce = new(DurationKind.Fixed, 0);

    private readonly Dictionary<string, Part> _parts = [];
    private readonly Guesses _guesses = new(definition);

    /// <summary>True for what has no effect outside its instance, and for what only waits for a moment; what asks for anything from outside is played.</summary>
    public bool IsReal(Node node) =>
        catalog.Find(node.Type) is { Class: { } type } descriptor && type.Assembly == typeof(Activity).Assembly && !descriptor.ChangesRecords
        && type.GetConstructors().All(constructor => constructor.GetParameters().Length == 0)
        && (!descriptor.Waits || descriptor.Category == "Scheduling") && !script.Activities.ContainsKey(node.Id);

    public Part Of(Node node)
    {
        lock (_parts)
        {
            if (!_parts.TryGetValue(node.Id, out var part))
                _parts[node.Id] = part = Make(node);
            return part;
        }
    }

    public ImmutableDictionary<string, JsonElement> Input(Random random) =>
        definition.Inputs.Where(parameter => !script.Input.ContainsKey(parameter.Name))
            .Aggregate(script.Input, (input, parameter) => input.SetItem(parameter.Name, _guesses.Input(parameter, random)));

    /// <summary>What comes of a run: its outcome, and the values it gives.</summary>
    public (string Outcome, ImmutableArray<KeyValuePair<string, JsonElement>> Outputs, ImmutableArray<Deed> Deeds) Play(Node node, Random random)
    {
        var part = Of(node);
        var result = part.Pick(random);
        var outcome = result.Outcome ?? part.Ports[random.Next(part.Ports.Length)];
        var given = result.Outputs ?? ImmutableDictionary<string, JsonElement>.Empty;
        var outputs = given.AddRange(node.Outputs.Where(output => !given.ContainsKey(output.Key))
            .Select(output => KeyValuePair.Create(output.Key, _guesses.Variable(output.Value, random))));
        var variables = result.Variables ?? ImmutableDictionary<string, JsonElement>.Empty;
        return (outcome, [.. outputs], [.. variables.Select(one => new AssignVariable(IdOf(one.Key), one.Value))]);
    }

    private string IdOf(string variable) =>
        definition.VariablesById.ContainsKey(variable) ? variable : definition.VariablesById.Values.FirstOrDefault(one => one.Name == variable)?.Id ?? variable;

    private Part Make(Node node)
    {
        var told = script.Activities.GetValueOrDefault(node.Id) ?? script.Activities.GetValueOrDefault(node.Type) ?? new ActivityScript();
        var descriptor = catalog.Find(node.Type);
        ImmutableArray<PlayedResult> results = told.Results.IsDefaultOrEmpty
            ? [.. told.Outcomes.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new PlayedResult(one.Key, one.Value))]
            : told.Results;
        var role = told.Role ?? (node.Inputs.TryGetValue("role", out var input) && input is { Type: Expression.Literal, Value.ValueKind: JsonValueKind.String } ? input.Value.GetString() : null);
        var isWork = descriptor is { Waits: true, Class: { } type } && (type.Assembly != typeof(Activity).Assembly || node.Type == "Elsa.RunTask");
        return new Part(results.IsEmpty ? [new PlayedResult()] : results, Ports(node, descriptor), told.Takes ?? Usual(node, descriptor), role, told.Work ?? (isWork ? 0.5 : 0));
    }

    private ImmutableArray<string> Ports(Node node, ActivityDescriptor? descriptor)
    {
        var drawn = FlowGraph.PortsOf(definition, node);
        return drawn.Count > 0 ? [.. drawn.Union(NodePorts.Ignored(node)).Order(StringComparer.Ordinal)] : descriptor is { Outcomes.IsEmpty: false } ? descriptor.Outcomes : [Activity.Done];
    }

    private static PlayedDuration Usual(Node node, ActivityDescriptor? descriptor)
    {
        if (descriptor is not { Waits: true } || (node.Inputs.TryGetValue("waitForCompletion", out var waits) && waits.Value.ValueKind == JsonValueKind.False))
            return AtOnce;

        return node.Type == "Elsa.ExecuteWorkflow" ? ThreeDays : ADay;
    }
}

/// <summary>One activity's part in the play.</summary>
internal sealed record Part(ImmutableArray<PlayedResult> Results, ImmutableArray<string> Ports, PlayedDuration Takes, string? Role, double Work)
{
    private readonly double _weight = Results.Sum(result => Math.Max(result.Weight, 0));

    public PlayedResult Pick(Random random)
    {
        var drawn = random.NextDouble() * _weight;
        foreach (var result in Results)
        {
            drawn -= Math.Max(result.Weight, 0);
            if (drawn < 0)
                return result;
        }

        return Results[^1];
    }

    /// <summary>When a run that begins now is over.</summary>
    public DateTimeOffset Until(DateTimeOffset now, WorkTime time, Random random)
    {
        var length = Takes.Kind switch
        {
            DurationKind.Fixed => Takes.Mean,
            DurationKind.Uniform => Takes.Min + (random.NextDouble() * (Takes.Max - Takes.Min)),
            _ => -Math.Log(1 - random.NextDouble()) * Takes.Mean
        };
        length = double.IsFinite(length) ? Math.Clamp(length, 0, 10_000) : 0;
        return Takes.Unit switch
        {
            DurationUnit.Minutes => now.AddMinutes(length),
            DurationUnit.Hours => now.AddHours(length),
            DurationUnit.Days => now.AddDays(length),
            DurationUnit.WorkingHours => time.Add(now, length),
            _ => time.Add(now, length * 8)
        };
    }
}
