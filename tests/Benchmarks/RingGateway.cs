using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>The gateway outside that calls people: it answers each notice at once and remembers when the first ring for each household came.</summary>
internal sealed class RingGateway : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly long[] firsts;
    private long rings;
    private long notices;

    private RingGateway(int households)
    {
        firsts = new long[households];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost("/notices", Take);
    }

    /// <summary>Where notices are posted.</summary>
    public string Address => server.Urls.Single() + "/notices";

    /// <summary>Rings so far, and all notices, rings among them.</summary>
    public (long Rings, long All) Count => (Interlocked.Read(ref rings), Interlocked.Read(ref notices));

    /// <summary>Opens it for so many households.</summary>
    public static async Task<RingGateway> Open(int households, CancellationToken cancellationToken)
    {
        var gateway = new RingGateway(households);
        await gateway.server.StartAsync(cancellationToken);
        return gateway;
    }

    /// <summary>How those who are rung for a household are called.</summary>
    public static string Responder(string household, string number) => $"'person:' || {household} || ':' || {number}";

    /// <summary>When the first ring for a household came; 0 when none has come.</summary>
    public long First(int household) => Interlocked.Read(ref firsts[household]);

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }

    private async Task Take(HttpContext context)
    {
        var now = TimeProvider.System.GetTimestamp();
        using var notice = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Interlocked.Increment(ref notices);
        if (notice.RootElement.GetProperty("template").GetString() != "doorbell.ring")
            return;
        Interlocked.Increment(ref rings);
        var household = int.Parse(notice.RootElement.GetProperty("to").GetString()!.Split(':')[1], CultureInfo.InvariantCulture);
        Interlocked.CompareExchange(ref firsts[household], now, 0);
    }
}
