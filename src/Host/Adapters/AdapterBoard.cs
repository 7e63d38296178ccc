using Microsoft.Extensions.Options;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Adapters;

/// <summary>How it goes with each outside system, for the API and the console: never an address, a token or a secret.</summary>
internal sealed class AdapterBoard(AdapterQueries queries, AdapterAddresses addresses, IOptions<ReliefOptions> options, IOptions<MatchingOptions> matching)
{
    public async Task<IReadOnlyList<AdapterHealth>> List(CancellationToken cancellationToken)
    {
        var traffic = await queries.Traffic(AdapterGauges.Notices, cancellationToken);
        var partners = addresses.Names.Union(traffic.Keys).Except(Adapter.All.Select(one => one.Name)).Order(StringComparer.Ordinal).Select(Adapter.Of);
        return
        [
            .. Adapter.All.Concat(partners).Select(adapter => Of(adapter, adapter.Name == Adapter.Notices ? options.Value.Notifications.GatewayUrl is not null : addresses.Has(adapter.Name),
                addresses.Of(adapter.Name)?.Secret is { Length: > 0 }, traffic.GetValueOrDefault(adapter.Name) ?? new AdapterTraffic())),
            // Data sets are fetched, not sent for: what came of them stands at their runs.
            .. matching.Value.Partners.Keys.Order(StringComparer.Ordinal).Select(partner =>
                Of(new Adapter("data:" + partner, "S27", "数据比对：" + partner, "Data match: " + partner, ""), matching.Value.Partners[partner].Url is not null, false, new AdapterTraffic()))
        ];
    }

    private static AdapterHealth Of(Adapter adapter, bool hasAddress, bool canCall, AdapterTraffic traffic) => new()
    {
        Name = adapter.Name, System = adapter.System, Chinese = adapter.Chinese, English = adapter.English, HasAddress = hasAddress, HasSecret = canCall, Traffic = traffic
    };
}

/// <summary>How it goes with an outside system.</summary>
public sealed record AdapterHealth
{
    public required string Name { get; init; }

    /// <summary>Its number in the list of systems.</summary>
    public required string System { get; init; }

    public required string Chinese { get; init; }

    public required string English { get; init; }

    /// <summary>Whether calls can be sent there; without it people have the work at once.</summary>
    public required bool HasAddress { get; init; }

    /// <summary>Whether it can call us: its calls are signed with that.</summary>
    public required bool HasSecret { get; init; }

    public required AdapterTraffic Traffic { get; init; }

    /// <summary>NoAddress, Paused, Failing, Waiting or Well.</summary>
    public string State => Traffic switch
    {
        { IsPaused: true } => "Paused",
        { FailedSince: > 0 } => "Failing",
        _ when !HasAddress => "NoAddress",
        { Waiting: > 0 } => "Waiting",
        _ => "Well"
    };
}
