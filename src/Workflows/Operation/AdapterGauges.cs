using System.Diagnostics.Metrics;

namespace Relief.Flow.Workflows.Operation;

/// <summary>How it goes with outside systems, as gauges: every system that has an address, from the first moment, zero included.</summary>
public sealed class AdapterGauges : IDisposable
{
    /// <summary>What the gateway of notices is called among the systems.</summary>
    public const string Notices = "notices";

    private readonly Meter meter = new(Telemetry.Name);
    private readonly AdapterQueries queries;
    private readonly AdapterAddresses addresses;
    private IReadOnlyDictionary<string, AdapterTraffic> traffic = new Dictionary<string, AdapterTraffic>();

    public AdapterGauges(AdapterQueries queries, AdapterAddresses addresses)
    {
        this.queries = queries;
        this.addresses = addresses;
        meter.CreateObservableGauge("flow_adapter_waiting", () => Each(one => one.Waiting), description: "Calls to an outside system that are to leave or to be repeated.");
        meter.CreateObservableGauge("flow_adapter_failed", () => Each(one => one.FailedSince), description: "Calls to an outside system that failed since it last answered.");
        meter.CreateObservableGauge("flow_adapter_by_hand", () => Each(one => one.ByHand), description: "Open tasks of people who stand in for an outside system.");
    }

    /// <summary>Reads how it goes now.</summary>
    /// <returns>Zero: there is never more at once.</returns>
    public async Task<int> Read(CancellationToken cancellationToken)
    {
        traffic = await queries.Traffic(Notices, cancellationToken);
        return 0;
    }

    // The meter holds on to whoever it asks.
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<int>> Each(Func<AdapterTraffic, int> value) =>
        addresses.Names.Append(Notices).Union(traffic.Keys).Order(StringComparer.Ordinal)
            .Select(name => new Measurement<int>(traffic.TryGetValue(name, out var one) ? value(one) : 0, new KeyValuePair<string, object?>("adapter", name)));
}
