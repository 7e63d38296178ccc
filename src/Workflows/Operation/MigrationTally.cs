using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Adds up what going over would do to each instance.</summary>
internal sealed class MigrationTally(Definition to, IReadOnlyDictionary<string, string> places)
{
    private readonly Dictionary<int, Definition> _versions = [];
    private readonly Dictionary<(string ActivityId, Fate Fate, string? To), int> _steps = [];
    private readonly Dictionary<string, int> _otherTypes = [];
    private readonly Dictionary<string, int> _moreAwaited = [];

    public Definition To { get; } = to;

    public int Total { get; private set; }

    public List<Guid> Movable { get; } = [];

    private int AsTheyAre { get; set; }

    public void Add(Definition from, Instance instance)
    {
        _versions[from.Version] = from;
        Total++;
        var crossing = Crossing.Of(from, To, instance, places);
        if (!crossing.IsBlocked)
            Movable.Add(instance.Id);
        if (crossing.IsAsItIs)
            AsTheyAre++;
        foreach (var run in crossing.Runs.Select(run => (run.ActivityId, run.Fate, run.To)).Distinct())
            _steps[run] = _steps.GetValueOrDefault(run) + 1;
        foreach (var id in crossing.OtherTypes)
            _otherTypes[id] = _otherTypes.GetValueOrDefault(id) + 1;
        foreach (var id in crossing.MoreAwaited)
            _moreAwaited[id] = _moreAwaited.GetValueOrDefault(id) + 1;
    }

    public MigrationReport ToReport() => new()
    {
        ToVersion = To.Version,
        FromVersions = [.. _versions.Keys.Order()],
        Total = Total,
        AsTheyAre = AsTheyAre,
        Changed = Movable.Count - AsTheyAre,
        Stranded = Total - Movable.Count,
        Steps = [.. _steps.OrderBy(step => step.Key.Fate != Fate.Stranded).ThenByDescending(step => step.Value).ThenBy(step => step.Key.ActivityId, StringComparer.Ordinal)
            .Select(step => new MigrationStep(step.Key.ActivityId, NameOf(step.Key.ActivityId), step.Key.Fate, step.Key.To, step.Value, step.Key.Fate == Fate.Stranded ? Choices(step.Key.ActivityId) : []))],
        OtherTypes = Counts(_otherTypes, id => To.VariablesById[id].Name),
        MoreAwaited = Counts(_moreAwaited, NameOf)
    };

    // The newest version that has the step says what it is called.
    private string NameOf(string id) =>
        _versions.OrderByDescending(version => version.Key).Select(version => version.Value).Prepend(To).Select(version => version.Nodes.GetValueOrDefault(id)?.DisplayText).FirstOrDefault(name => name is not null) ?? id;

    // The steps of the flowchart that held it, as the new version has it.
    private IReadOnlyList<RepairChoice> Choices(string id) =>
        _versions.Values.Select(version => version.Nodes.GetValueOrDefault(id)?.Parent).FirstOrDefault(parent => parent is not null) is { } parent
        && To.Nodes.GetValueOrDefault(parent) is { Type: Flowchart.Type } flowchart
            ? [.. flowchart.Activities.Select(node => new RepairChoice(node.Id, node.DisplayText))]
            : [];

    private static IReadOnlyList<MigrationCount> Counts(Dictionary<string, int> counts, Func<string, string> name) =>
        [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new MigrationCount(pair.Key, name(pair.Key), pair.Value))];
}
