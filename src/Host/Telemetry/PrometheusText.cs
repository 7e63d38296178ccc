using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Relief.Flow.Host.Telemetry;

/// <summary>Writes the metrics in Prometheus' text format 0.0.4, when they are asked for.</summary>
/// <remarks>Names end with their unit, counters with <c>_total</c>. One reading at a time.</remarks>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public Func<int, bool>? Collect { get; set; }

    public string Read()
    {
        lock (_gate)
        {
            _text.Clear();
            Collect?.Invoke(Timeout.Infinite);
            return _text.ToString();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Several meters may have an instrument of one name: its head may stand only once.
        List<Metric> metrics = [];
        foreach (var metric in batch)
            metrics.Add(metric);
        foreach (var same in metrics.GroupBy(NameOf, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal))
            Write(same.Key, [.. same]);
        return ExportResult.Success;
    }

    private void Write(string name, IReadOnlyList<Metric> metrics)
    {
        var first = metrics[0];
        if (KindOf(first) is not { } kind)
            return;

        if (first.Description.Length > 0)
            _text.Append("# HELP ").Append(name).Append(' ').Append(first.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                Write(name, metric.MetricType, point);
        }
    }

    private void Write(string name, MetricType type, in MetricPoint point)
    {
        var labels = Labels(point);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(name, labels, point.GetGaugeLastValueDouble());
                break;
            case MetricType.Histogram:
                Histogram(name, labels, point);
                break;
        }
    }

    private void Histogram(string name, string labels, in MetricPoint point)
    {
        var before = labels.Length > 0 ? labels + "," : "";
        long sum = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            sum += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
            Line(name + "_bucket", $"{before}le=\"{bound}\"", sum);
        }

        Line(name + "_sum", labels, point.GetHistogramSum());
        Line(name + "_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Labels(in MetricPoint point)
    {
        List<string> labels = [];
        foreach (var tag in point.Tags)
        {
            var value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{Plain(tag.Key)}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
        }

        return string.Join(',', labels);
    }

    private static string NameOf(Metric metric)
    {
        var name = Plain(metric.Name);
        var unit = metric.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        if (isCounter && name.EndsWith("_total", StringComparison.Ordinal))
            name = name[..^"_total".Length];
        if (!name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        return isCounter ? name + "_total" : name;
    }

    private static string? KindOf(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null
    };

    private static string Plain(string name) => string.Create(name.Length, name, (plain, text) =>
    {
        for (var index = 0; index < text.Length; index++)
            plain[index] = char.IsAsciiLetterOrDigit(text[index]) ? text[index] : '_';
    });
}
