using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Relief.Flow.Host.Telemetry;

/// <summary>Keeps a share of the traces, and none of the telemetry's own sending: that would be sent, and traced, for ever.</summary>
internal sealed class OwnWorkSampler(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler _sampler = new(Math.Clamp(share, 0, 1));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        Sdk.SuppressInstrumentation ? new SamplingResult(SamplingDecision.Drop) : _sampler.ShouldSample(samplingParameters);
}
