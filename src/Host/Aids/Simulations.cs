using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Simulation;

namespace Relief.Flow.Host.Aids;

/// <summary>Runs simulations by the national working calendar, one after the other: they must not take the machine from the people who work.</summary>
internal sealed class Simulations(Simulator simulator) : IDisposable
{
    private static readonly SimulationLimits Limits = new(new WorkTime(WorkingCalendar.National.IsWorking), TimeSpan.FromSeconds(20), Math.Clamp(Environment.ProcessorCount / 2, 1, 4));

    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Dispose() => _turn.Dispose();

    public async Task<SimulationResult> Run(Definition definition, SimulationPlan plan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await simulator.Run(definition, plan, Limits, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
