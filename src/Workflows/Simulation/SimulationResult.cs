using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>What came of a simulation.</summary>
public sealed record SimulationResult
{
    /// <summary>Cases that were played to their end, or until they stood still.</summary>
    public required int Cases { get; init; }

    /// <summary>False when the time for it was over before all cases were played.</summary>
    public required bool IsComplete { get; init; }

    public required int Finished { get; init; }

    /// <summary>How the cases ended, the most frequent first.</summary>
    public required ImmutableArray<EndShare> Outcomes { get; init; }

    public required ImmutableArray<ActivityFigures> Activities { get; init; }

    public required ImmutableArray<LineFigures> Lines { get; init; }

    /// <summary>From the start of a case to its end.</summary>
    public required TimeFigures Duration { get; init; }

    /// <summary>Cases that stand still with nothing that could wake them, or end by an outcome for which nothing is drawn; by where and why.</summary>
    public required ImmutableArray<DeadEnd> DeadEnds { get; init; }

    /// <summary>Cases that went on without end, by the circle in which they went.</summary>
    public required ImmutableArray<EndlessLoop> EndlessLoops { get; init; }

    /// <summary>Ids of activities that no case reached.</summary>
    public required ImmutableArray<string> NeverReached { get; init; }

    /// <summary>Work by role; empty without arrivals.</summary>
    public required ImmutableArray<RoleLoad> Load { get; init; }
}

public sealed record EndShare(string Outcome, int Cases, double Share);

/// <param name="Cases">How many cases reached it at least once.</param>
/// <param name="Runs">How often it began.</param>
/// <param name="Standing">How many cases stand still at it.</param>
public sealed record ActivityFigures(string ActivityId, string Name, int Cases, int Runs, double Share, int Standing, TimeFigures Time);

public sealed record LineFigures(string Source, string Port, string Target, int Passed, double Share);

/// <summary>Hours by the clock, and of working time (9 to 17 on working days).</summary>
public sealed record TimeFigures(double Mean, double P50, double P95, double WorkingMean, double WorkingP50, double WorkingP95);

/// <param name="Reason">What stopped it, such as an incident's message.</param>
/// <param name="Path">The last activities of the first such case, the oldest first.</param>
public sealed record DeadEnd(string ActivityId, string Reason, int Cases, ImmutableArray<string> Path);

/// <param name="Circle">The activities that repeat.</param>
public sealed record EndlessLoop(ImmutableArray<string> Circle, int Cases);

/// <param name="HoursPerDay">Person-hours that arrive in a working day.</param>
/// <param name="Capacity">Person-hours that the given staff can do in a working day; null when no staff is given.</param>
/// <param name="Utilisation">Work over capacity; above 1 the work piles up.</param>
/// <param name="BacklogPerDay">Person-hours that are left over each day.</param>
public sealed record RoleLoad(string Role, double HoursPerDay, double StaffNeeded, double? Capacity, double? Utilisation, double? BacklogPerDay);
