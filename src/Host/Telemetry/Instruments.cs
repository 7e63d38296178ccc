using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Relief.Flow.Host.Telemetry;

/// <summary>Gathers what the process measures: kept for <c>/metrics</c>, and sent to a collector when one is set.</summary>
/// <remarks>A collector that is down or slow costs telemetry, never work.</remarks>
internal sealed class Instruments : IDisposable
{
    private static readonly string[] Meters =
        ["Relief.Flow.Workflows", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private static readonly string[] Sources = ["Relief.Flow.Workflows", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private readonly PrometheusText page = new();
    private readonly MeterProvider meters;
    private readonly TracerProvider? traces;

    public Instruments(IOptions<TelemetryOptions> options)
    {
        var endpoint = options.Value.OtlpEndpoint;
        var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Name).AddMeter(Meters).AddReader(new BaseExportingMetricReader(page));
        if (endpoint is not null)
            builder.AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/metrics"));
        meters = builder.Build();
        if (endpoint is not null)
        {
            traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Name).AddSource(Sources)
                .SetSampler(new ParentBasedSampler(new OwnWorkSampler(options.Value.TracedShare)))
                .AddProcessor(new WithoutAddresses())
                .AddOtlpExporter(otlp => Send(otlp, endpoint, "v1/traces"))
                .Build();
        }
    }

    /// <summary>All metrics now, in Prometheus' text format.</summary>
    public string Read() => page.Read();

    public void Dispose()
    {
        traces?.Dispose();
        meters.Dispose();
        page.Dispose();
    }

    private static void Name(ResourceBuilder resource) => resource.AddService("relief-flow", serviceVersion: typeof(Instruments).Assembly.GetName().Version?.ToString());

    private static void Send(OtlpExporterOptions otlp, Uri collector, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri(new Uri(collector.ToString().TrimEnd('/') + "/"), path);
    }
}
