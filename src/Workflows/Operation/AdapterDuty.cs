using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Counts how it goes with outside systems, twice a minute; told by <see cref="AdapterGauges"/>.</summary>
public sealed class AdapterDuty(AdapterGauges gauges, ILogger<AdapterDuty> log) : BackgroundService
{
    private readonly PollingLoop counting = new("counting calls to outside systems", gauges.Read, TimeSpan.FromSeconds(30), log, TimeProvider.System);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => counting.Run(stoppingToken);
}
