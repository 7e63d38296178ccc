using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Plays many cases of a definition, also of a draft, without touching a record or sending anything.</summary>
/// <remarks>
/// Control flow and the engine's own activities run as they would; people, outside systems, children and everything that keeps records are
/// played by the script or by chance. The same definition, plan and calendar give the same result, unless the time ran out.
/// </remarks>
public sealed class Simulator(ActivityCatalog catalog, NodeInputs inputs, ActivityRunner runner, TimeProvider time)
{
    private const int AtOnce = 250;

    /// <param name="atMost">After this time no further cases are begun.</param>
    public async Task<SimulationResult> Run(Definition definition, SimulationPlan plan, SimulationLimits limits, CancellationToken cancellationToken)
    {
        var cast = new Cast(definition, plan.Script, catalog);
        var stage = new Stage(inputs, runner, limits.Time);
        var tally = new Tally(definition, cast, plan);
        var cases = Math.Clamp(plan.Cases, 1, SimulationPlan.MostCases);
        var started = time.GetTimestamp();
        for (var first = 0; first < cases; first += AtOnce)
        {
            if (time.GetElapsedTime(started) > limits.AtMost)
                return tally.Result(isComplete: false);

            var traces = new CaseTrace[Math.Min(AtOnce, cases - first)];
            await Parallel.ForAsync(0, traces.Length, new ParallelOptions { MaxDegreeOfParallelism = limits.Threads, CancellationToken = cancellationToken }, async (number, token) =>
                traces[number] = await new CaseRun(definition, cast, plan, stage).Run(first + number, token));
            foreach (var trace in traces)
                tally.Add(trace);
        }

        return tally.Result(isComplete: true);
    }
}

/// <summary>What a simulation may use.</summary>
/// <param name="Time">The working calendar.</param>
/// <param name="AtMost">After this time no further cases are begun.</param>
public sealed record SimulationLimits(WorkTime Time, TimeSpan AtMost, int Threads = 2);
