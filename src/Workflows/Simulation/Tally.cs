using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Counts what the cases left behind.</summary>
internal sealed class Tally(Definition definition, Cast cast, SimulationPlan plan)
{
    private const int Shown = 20;

    private readonly Dictionary<string, (int Cases, int Runs)> _begun = [];
    private readonly Dictionary<string, List<(double Hours, double Working)>> _times = [];
    private readonly Dictionary<Connection, int> _lines = [];
    private readonly Dictionary<string, int> _ends = [];
    private readonly Dictionary<(string Activity, string Reason), (int Cases, ImmutableArray<string> Path)> _dead = [];
    private readonly Dictionary<string, (int Cases, ImmutableArray<string> Circle)> _endless = [];
    private readonly List<(double Hours, double Working)> _whole = [];
    private int _cases;
    private int _finished;

    public void Add(CaseTrace trace)
    {
        _cases++;
        foreach (var runs in trace.Begun.GroupBy(activity => activity))
            _begun[runs.Key] = _begun.GetValueOrDefault(runs.Key) is var (cases, all) ? (cases + 1, all + runs.Count()) : default;
        foreach (var (activity, hours, working) in trace.Ended)
        {
            if (!_times.TryGetValue(activity, out var times))
                _times[activity] = times = [];
            times.Add((hours, working));
        }

        foreach (var line in trace.Lines)
            _lines[line] = _lines.GetValueOrDefault(line) + 1;
        foreach (var (activity, outcome) in trace.Silent.Distinct())
            Dead((activity, $"'{outcome}' leads nowhere"), trace);
        End(trace);
    }

    public SimulationResult Result(bool isComplete) => new()
    {
        Cases = _cases,
        IsComplete = isComplete,
        Finished = _finished,
        Outcomes = [.. _ends.OrderByDescending(end => end.Value).ThenBy(end => end.Key, StringComparer.Ordinal).Select(end => new EndShare(end.Key, end.Value, Share(end.Value)))],
        Activities = [.. Nodes().Where(node => _begun.ContainsKey(node.Id)).Select(Figures)],
        Lines = [.. AllLines().Select(line => new LineFigures(line.Source, line.Port, line.Target, _lines.GetValueOrDefault(line), Share(_lines.GetValueOrDefault(line))))],
        Duration = Times(_whole),
        DeadEnds = [.. _dead.OrderByDescending(dead => dead.Value.Cases).ThenBy(dead => dead.Key.Activity, StringComparer.Ordinal).Take(Shown)
            .Select(dead => new DeadEnd(dead.Key.Activity, dead.Key.Reason, dead.Value.Cases, dead.Value.Path))],
        EndlessLoops = [.. _endless.OrderByDescending(one => one.Value.Cases).Take(Shown).Select(one => new EndlessLoop(one.Value.Circle, one.Value.Cases))],
        NeverReached = [.. Nodes().Where(node => !_begun.ContainsKey(node.Id)).Select(node => node.Id)],
        Load = plan.ArrivalsPerDay is { } arrivals ? Load(arrivals) : []
    };

    private void End(CaseTrace trace)
    {
        switch (trace.End)
        {
            case CaseEnd.Finished:
                _finished++;
                _whole.Add((trace.Hours, trace.WorkingHours));
                var end = OutcomeOf(trace);
                _ends[end] = _ends.GetValueOrDefault(end) + 1;
                break;
            case CaseEnd.Endless:
                var circle = Circle([.. trace.Path]);
                var key = string.Join(">", circle.Order(StringComparer.Ordinal));
                _endless[key] = (_endless.GetValueOrDefault(key).Cases + 1, circle);
                break;
            default:
                Dead((trace.At ?? definition.Root.Id, trace.Reason ?? "It waits for nothing that could wake it."), trace);
                break;
        }
    }

    private void Dead((string, string) where, CaseTrace trace)
    {
        var known = _dead.GetValueOrDefault(where);
        _dead[where] = (known.Cases + 1, known.Path.IsDefault ? [.. trace.Path.TakeLast(Shown)] : known.Path);
    }

    // A pathway tells its end by the output that it calls outcome; one that does not is known by its last step.
    private string OutcomeOf(CaseTrace trace)
    {
        var told = trace.Output.FirstOrDefault(output => output.Key.Equals("outcome", StringComparison.OrdinalIgnoreCase)).Value;
        return told.ValueKind == JsonValueKind.String ? told.GetString()! : trace.Path.LastOrDefault() is { } last ? definition.Nodes[last].DisplayText : "";
    }

    // The shortest piece at the end of the path that stood there just before, too.
    private static ImmutableArray<string> Circle(string[] path)
    {
        for (var length = 1; length <= path.Length / 2; length++)
        {
            var last = path.AsSpan(path.Length - length);
            if (last.SequenceEqual(path.AsSpan(path.Length - (2 * length), length)))
                return [.. last];
        }

        return [.. path.TakeLast(Shown).Distinct()];
    }

    private ActivityFigures Figures(Node node)
    {
        var (cases, runs) = _begun[node.Id];
        var standing = _dead.Where(dead => dead.Key.Activity == node.Id).Sum(dead => dead.Value.Cases);
        return new ActivityFigures(node.Id, node.DisplayText, cases, runs, Share(cases), standing, Times(_times.GetValueOrDefault(node.Id, [])));
    }

    private ImmutableArray<RoleLoad> Load(double arrivals) =>
    [
        .. Nodes().Where(node => _begun.ContainsKey(node.Id)).Select(node => (Part: cast.Of(node), Runs: (double)_begun[node.Id].Runs / Math.Max(_cases, 1)))
            .Where(one => one.Part.Work > 0).GroupBy(one => one.Part.Role ?? "-")
            .Select(role => LoadOf(role.Key, arrivals * role.Sum(one => one.Runs * one.Part.Work))).OrderByDescending(load => load.HoursPerDay)
    ];

    private RoleLoad LoadOf(string role, double hours)
    {
        double? capacity = plan.Staff.TryGetValue(role, out var staff) ? staff * plan.HoursPerDay : null;
        return new RoleLoad(role, Round(hours), Round(hours / plan.HoursPerDay), capacity, capacity > 0 ? Round(hours / capacity.Value) : null, capacity is null ? null : Round(Math.Max(0, hours - capacity.Value)));
    }

    private IEnumerable<Node> Nodes() => definition.Nodes.Values.Where(node => node.Parent is not null || definition.Nodes.Count == 1).OrderBy(node => node.NodeId, StringComparer.Ordinal);

    private IEnumerable<Connection> AllLines() => definition.Nodes.Values.OrderBy(node => node.NodeId, StringComparer.Ordinal).SelectMany(node => node.Connections.Distinct());

    private double Share(int count) => _cases == 0 ? 0 : Round((double)count / _cases);

    private static double Round(double value) => Math.Round(value, 4);

    private static TimeFigures Times(List<(double Hours, double Working)> times)
    {
        if (times.Count == 0)
            return new TimeFigures(0, 0, 0, 0, 0, 0);

        double[] hours = [.. times.Select(time => time.Hours).Order()];
        double[] working = [.. times.Select(time => time.Working).Order()];
        return new TimeFigures(
            Math.Round(hours.Average(), 2), At(hours, .5), At(hours, .95), Math.Round(working.Average(), 2), At(working, .5), At(working, .95));
    }

    private static double At(double[] sorted, double part) => Math.Round(sorted[Math.Min((int)Math.Ceiling(part * sorted.Length) - 1, sorted.Length - 1) is var at && at > 0 ? at : 0], 2);
}
