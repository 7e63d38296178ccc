using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>What is to be played: how many cases, from which seed, by which script. The same plan and definition give the same result.</summary>
public sealed record SimulationPlan
{
    public const int MostCases = 20_000;

    public int Cases { get; init; } = 1_000;

    public int Seed { get; init; } = 1;

    public SimulationScript Script { get; init; } = new();

    /// <summary>New cases in a working day, for the forecast of the work; null for no forecast.</summary>
    public double? ArrivalsPerDay { get; init; }

    /// <summary>How many people there are of each role.</summary>
    public ImmutableDictionary<string, double> Staff { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Hours that a person works on a case in a day.</summary>
    public double HoursPerDay { get; init; } = 6;

    /// <summary>After so many steps a case counts as one that never ends.</summary>
    public int StepLimit { get; init; } = 2_000;

    /// <summary>When the first case begins (UTC).</summary>
    public DateTimeOffset StartAt { get; init; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
}

/// <summary>How people and outside systems behave. What it does not say happens at random, among the outcomes that are drawn or said to lead nowhere.</summary>
public sealed record SimulationScript
{
    /// <summary>By activity id, else by activity type.</summary>
    public ImmutableDictionary<string, ActivityScript> Activities { get; init; } = ImmutableDictionary<string, ActivityScript>.Empty;

    /// <summary>The input that each case begins with.</summary>
    public ImmutableDictionary<string, JsonElement> Input { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;
}

/// <summary>How one activity is played.</summary>
public sealed record ActivityScript
{
    /// <summary>Weights by outcome; short for <see cref="Results"/> without outputs.</summary>
    public ImmutableDictionary<string, double> Outcomes { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>What may come of it, one of them for each run.</summary>
    public ImmutableArray<PlayedResult> Results { get; init; } = [];

    /// <summary>How long it takes, or until its event arrives.</summary>
    public PlayedDuration? Takes { get; init; }

    /// <summary>Who works on it; the activity's own literal input <c>role</c> when absent.</summary>
    public string? Role { get; init; }

    /// <summary>Hours of work that a run costs a person.</summary>
    public double? Work { get; init; }
}

/// <param name="Outcome">Null for any that is drawn.</param>
/// <param name="Outputs">Values of the activity's outputs, which go where the drawing binds them.</param>
/// <param name="Variables">Values of variables, by name or id.</param>
public sealed record PlayedResult(
    string? Outcome = null, double Weight = 1, ImmutableDictionary<string, JsonElement>? Outputs = null, ImmutableDictionary<string, JsonElement>? Variables = null);

/// <summary>A length of time by chance.</summary>
/// <param name="Mean">Of a fixed or exponential one.</param>
/// <param name="Min">Of a uniform one.</param>
/// <param name="Max">Of a uniform one.</param>
public sealed record PlayedDuration(DurationKind Kind = DurationKind.Exponential, double Mean = 1, double Min = 0, double Max = 0, DurationUnit Unit = DurationUnit.WorkingHours);

public enum DurationKind
{
    Fixed,
    Uniform,
    Exponential
}

public enum DurationUnit
{
    Minutes,
    Hours,
    Days,

    /// <summary>Of a working day from 9 to 17.</summary>
    WorkingHours,

    /// <summary>Eight working hours.</summary>
    WorkingDays
}
