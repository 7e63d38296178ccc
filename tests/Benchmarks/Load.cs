using System.Text;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Clients that send one request after another and time each.</summary>
internal static class Load
{
    /// <summary>What came of a load: how many requests were answered well, and the time of each in milliseconds, ascending.</summary>
    public sealed record Result(int Requests, double[] Milliseconds)
    {
        public double Percentile(double share) => Milliseconds.Length == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Length - 1, Milliseconds.Length * share)];
    }

    /// <summary>One request: where it goes and what it says; null when there is nothing more to send.</summary>
    public sealed record Request(string Path, string Body, string? Key);

    public static async Task<Result> Run(HttpClient client, (int Clients, int Seconds) size, Func<Request?> next, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, size.Clients).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (TimeProvider.System.GetElapsedTime(began).TotalSeconds < size.Seconds && next() is { } request)
            {
                var sent = TimeProvider.System.GetTimestamp();
                await Send(client, request, cancellationToken);
                own.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            }

            return own;
        }, cancellationToken)));
        double[] all = [.. times.SelectMany(own => own).Order()];
        return new Result(all.Length, all);
    }

    private static async Task Send(HttpClient client, Request request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Path) { Content = new StringContent(request.Body, Encoding.UTF8, "application/json") };
        if (request.Key is { } key)
            message.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(message, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{request.Path} answered {(int)answer.StatusCode}: {body}");
    }
}
