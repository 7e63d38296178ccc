using System.Diagnostics;
using OpenTelemetry;

namespace Relief.Flow.Host.Telemetry;

/// <summary>Takes out of a span what may name a person: paths and queries. The route says enough of which call it was.</summary>
internal sealed class WithoutAddresses : BaseProcessor<Activity>
{
    private static readonly string[] Naming = ["url.path", "url.query", "url.full", "http.url", "http.target", "client.address", "network.peer.address"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Naming)
            data.SetTag(tag, null);
    }
}
