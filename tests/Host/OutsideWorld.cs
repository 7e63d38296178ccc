using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relief.Flow.Tests.Host;

/// <summary>
/// The outside systems as one real web server on a free loopback port: it answers by script and keeps every request.
/// Faults are made here, at the wire, and not by stand-ins for our own types.
/// </summary>
/// <remarks>Requests are recorded before they are answered. What no script covers is answered 404 and recorded all the same.</remarks>
public sealed class OutsideWorld : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<OutsideRequest> requests = new();
    private readonly Channel<OutsideRequest> arrivals = Channel.CreateUnbounded<OutsideRequest>();
    private readonly CancellationTokenSource closing = new();
    private int count;

    private OutsideWorld(WebApplication server) => this.server = server;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address => new(server.Urls.Single());

    /// <summary>The business time of those who send; requests keep it once it is known.</summary>
    public Func<Task<DateTimeOffset>>? Clock { get; set; }

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<OutsideRequest> Requests => [.. requests];

    public static async Task<OutsideWorld> Open(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var world = new OutsideWorld(builder.Build());
        world.server.Run(world.Answer);
        await world.server.StartAsync(cancellationToken);
        return world;
    }

    /// <summary>Scripts one address: the answers are given in turn, the last one for ever. A new script replaces the old one.</summary>
    /// <param name="to">Method and path, such as <c>POST /sms/send</c>.</param>
    public OutsideWorld Answers(string to, params IEnumerable<OutsideAnswer> inTurn)
    {
        scripts[to] = new Script([.. inTurn]);
        return this;
    }

    /// <summary>The requests to one address so far, such as <c>POST /sms/send</c>.</summary>
    public IReadOnlyList<OutsideRequest> RequestsTo(string address) =>
        [.. requests.Where(request => string.Equals($"{request.Method} {request.Path}", address, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The next request that nobody has awaited yet, as soon as it arrives. Recorded, perhaps not answered yet.</summary>
    public ValueTask<OutsideRequest> Next(CancellationToken cancellationToken = default) => arrivals.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await server.DisposeAsync();
        closing.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        var request = await Read(context.Request, context.RequestAborted);
        var script = scripts.GetValueOrDefault($"{request.Method} {request.Path}");
        var answer = script?.Next() ?? new OutsideAnswer(404, $"No script for {request.Method} {request.Path}", "text/plain");
        requests.Enqueue(request);
        arrivals.Writer.TryWrite(request);

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing.Token);
            await answer.Until.WaitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            answer = OutsideAnswer.Dropped;
        }

        if (answer.IsDropped)
            context.Abort();
        else
            await Write(context.Response, answer);
    }

    private async Task<OutsideRequest> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);
        return new OutsideRequest(Interlocked.Increment(ref count), request.Method, request.Path, request.QueryString.ToString(), headers, body)
        {
            At = Clock is { } clock ? await clock() : null
        };
    }

    private static async Task Write(HttpResponse response, OutsideAnswer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (answer.Body.Length == 0)
            return;

        response.ContentType = answer.ContentType;
        await response.WriteAsync(answer.Body);
    }

    private sealed class Script(OutsideAnswer[] inTurn)
    {
        private int given = -1;

        public OutsideAnswer? Next() => inTurn.Length == 0 ? null : inTurn[Math.Min(Interlocked.Increment(ref given), inTurn.Length - 1)];
    }
}
