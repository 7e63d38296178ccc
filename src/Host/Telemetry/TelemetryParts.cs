using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Telemetry;

/// <summary>Metrics to be scraped, and traces and metrics to be sent (OpenTelemetry).</summary>
internal static class TelemetryParts
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<TelemetryOptions>(builder.Configuration.GetSection(TelemetryOptions.Section));
        builder.Services.AddSingleton<Instruments>();
    }

    /// <summary>Maps <c>/metrics</c>, for a scraper with the key of an operator or an auditor; measuring begins now.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<Instruments>();
        app.MapGet("/metrics", (Instruments instruments) => Results.Text(instruments.Read(), PrometheusText.ContentType))
            .RequireAuthorization(Policies.Watch).ExcludeFromDescription();
    }
}
