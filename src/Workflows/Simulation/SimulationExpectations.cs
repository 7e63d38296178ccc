using System.Collections.Immutable;
using System.Globalization;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>What must hold of a simulation, so that it can stand as a test of the drawing.</summary>
public sealed record SimulationExpectations
{
    /// <summary>Ids of activities that some case must reach.</summary>
    public ImmutableArray<string> Reached { get; init; } = [];

    /// <summary>Ids of activities that no case may reach.</summary>
    public ImmutableArray<string> NotReached { get; init; } = [];

    /// <summary>True when no case may stand still or go on without end.</summary>
    public bool NoDeadEnds { get; init; } = true;

    public ImmutableArray<ExpectedShare> Shares { get; init; } = [];

    /// <summary>What does not hold, as problems that refuse a publish (<c>definition.simulationFailed</c>).</summary>
    public ImmutableArray<Problem> Check(string name, SimulationResult result)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var cases = result.Activities.ToDictionary(activity => activity.ActivityId, activity => activity.Cases, StringComparer.Ordinal);
        if (!result.IsComplete)
            problems.Add(Failed("incomplete", null, name, Number(result.Cases)));
        foreach (var id in Given(Reached).Where(id => cases.GetValueOrDefault(id) == 0))
            problems.Add(Failed("unreached", id, name, id));
        foreach (var id in Given(NotReached).Where(id => cases.GetValueOrDefault(id) > 0))
            problems.Add(Failed("reached", id, name, id, Number(cases[id])));
        foreach (var dead in NoDeadEnds ? result.DeadEnds : [])
            problems.Add(Failed("deadEnd", dead.ActivityId, name, Number(dead.Cases), dead.ActivityId, dead.Reason, string.Join(" → ", dead.Path)));
        foreach (var loop in NoDeadEnds ? result.EndlessLoops : [])
            problems.Add(Failed("endless", loop.Circle.FirstOrDefault(), name, Number(loop.Cases), string.Join(" → ", loop.Circle)));
        foreach (var share in Given(Shares))
        {
            var actual = share.ActivityId is { } id ? (double)cases.GetValueOrDefault(id) / Math.Max(result.Cases, 1) : result.Outcomes.FirstOrDefault(one => one.Outcome == share.Outcome)?.Share ?? 0;
            if (Math.Abs(actual - share.Share) > share.Tolerance)
                problems.Add(Failed("share", share.ActivityId, name, share.ActivityId ?? share.Outcome ?? "", Percent(actual), Percent(share.Share), Percent(share.Tolerance)));
        }

        return problems.ToImmutable();
    }

    // A caller's JSON may leave a list out, or say null.
    private static ImmutableArray<T> Given<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    private static Problem Failed(string how, string? activityId, params ImmutableArray<string> arguments) =>
        new Problem("definition.simulationFailed", $"The saved simulation '{arguments[0]}' does not hold any more: {how} {string.Join(", ", arguments.Skip(1))}", null, activityId)
            .Told($"definition.simulationFailed.{how}", arguments);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}

/// <summary>A part of the cases, for an activity that they reach or an outcome of the whole by which they end.</summary>
/// <param name="Share">Between 0 and 1.</param>
/// <param name="Tolerance">How far it may be off, between 0 and 1.</param>
public sealed record ExpectedShare(string? ActivityId, string? Outcome, double Share, double Tolerance = 0.05);
