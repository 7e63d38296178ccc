using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Relief.Flow.Workflows;

/// <summary>The engine's one meter and one activity source.</summary>
internal static class Telemetry
{
    public const string Name = "Relief.Flow.Workflows";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Bursts = Meter.CreateCounter<long>("flow_bursts_total", description: "Bursts that were committed.");

    public static readonly Counter<long> Fenced = Meter.CreateCounter<long>("flow_fenced_total", description: "Bursts dropped because another node had the instance.");

    public static readonly Counter<long> Incidents = Meter.CreateCounter<long>("flow_incidents_total", description: "Incidents that were raised.");

    public static readonly Counter<long> TimersFired = Meter.CreateCounter<long>("flow_timers_fired_total", description: "Timers that fired.");

    public static readonly Counter<long> Messages = Meter.CreateCounter<long>("flow_messages_total", description: "Messages that left, by result.");

    public static readonly Counter<long> StartsExcluded =
        Meter.CreateCounter<long>("flow_starts_excluded_total", description: "Starts by triggers and parents that another running instance excluded.");

    /// <summary>Begins every counter at zero: a rate can be told from the first event on.</summary>
    public static void Begin()
    {
        foreach (var counter in new[] { Bursts, Fenced, Incidents, TimersFired, StartsExcluded })
            counter.Add(0);
        foreach (var result in new[] { "delivered", "failed" })
            Messages.Add(0, new KeyValuePair<string, object?>("result", result));
    }
}
