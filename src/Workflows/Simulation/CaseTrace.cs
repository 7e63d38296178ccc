using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>What one case left behind.</summary>
internal sealed class CaseTrace
{
    public CaseEnd End { get; set; }

    public string? Reason { get; set; }

    /// <summary>Where it stands, or what it did last.</summary>
    public string? At { get; set; }

    public double Hours { get; set; }

    public double WorkingHours { get; set; }

    public ImmutableDictionary<string, JsonElement> Output { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public List<string> Begun { get; } = [];

    public List<(string Activity, double Hours, double Working)> Ended { get; } = [];

    public List<Connection> Lines { get; } = [];

    /// <summary>Activities that ended by an outcome for which nothing is drawn.</summary>
    public List<(string Activity, string Outcome)> Silent { get; } = [];

    /// <summary>The last activities that began.</summary>
    public IEnumerable<string> Path { get; init; } = [];
}

internal enum CaseEnd
{
    Finished,

    /// <summary>Nothing can wake it, or an incident stopped it.</summary>
    Standing,
    Endless
}
