namespace Relief.Flow.Host.Telemetry;

/// <summary>Where traces and metrics are sent, besides <c>/metrics</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Relief:Telemetry";

    /// <summary>A collector's address for OTLP over HTTP, such as <c>http://collector:4318</c>; nothing is sent when absent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>The part of the traces that is kept, 0 to 1.</summary>
    public double TracedShare { get; set; } = 1;
}
