using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Kernel;

namespace Relief.Flow.Tests.Proof;

/// <summary>Clients that each bring one instance from its start to its end, and say everything again, under the same key, until they are answered.</summary>
internal sealed class Crowd(HttpClient client, int size)
{
    public const string DefinitionId = "crowd";
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<int, string> _accepted = new();
    private int _answers;
    private int _away;

    /// <summary>The id that each client was told for its start.</summary>
    public IReadOnlyCollection<string> Accepted => [.. _accepted.Values];

    /// <summary>Requests that were answered with success so far.</summary>
    public int Answered => Volatile.Read(ref _answers);

    /// <summary>Answers 503 with a Retry-After so far.</summary>
    public int ToldToRetry => Volatile.Read(ref _away);

    /// <summary>About how many answers the whole crowd needs.</summary>
    public int Expected => size * 5;

    /// <summary>A note, a call to an outside system, an event, a task.</summary>
    public static string Definition(Uri outside) => Drawn.FlowchartJson("a:WriteLine call:SendHttpRequest e:Event t:RunTask z:WriteLine", "a>call call>e e>t t>z", envelope =>
    {
        Drawn.Find(envelope, "a")["text"] = Drawn.Script("'case ' + (1 + 1)");
        Drawn.Find(envelope, "call")["url"] = Drawn.Literal(new Uri(outside, "pay").ToString());
        Drawn.Find(envelope, "call")["method"] = Drawn.Literal("POST");
        Drawn.Find(envelope, "call")["content"] = Drawn.Literal("{}");
        Drawn.Find(envelope, "call")["customProperties"] = new JsonObject { ["ignoredOutcomes"] = new JsonArray("Failed") };
        Drawn.Find(envelope, "e")["eventName"] = Drawn.Literal("go");
        Drawn.Find(envelope, "t")["taskName"] = Drawn.Literal("look");
        Drawn.Find(envelope, "z")["text"] = Drawn.Literal("done");
    }, DefinitionId);

    public async Task Publish(Uri outside) =>
        (await client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(Definition(outside)))).EnsureSuccessStatusCode();

    /// <summary>Ends when every instance has finished.</summary>
    public Task Run() => Parallel.ForAsync(0, size, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await Bring(number));

    private async Task Bring(int number)
    {
        var correlation = $"case-{number}";
        var started = await Say($"/api/v1/pathways/{DefinitionId}/instances", $"start-{number}", new { correlationId = correlation, input = new { } });
        var id = _accepted[number] = started.Text("instanceId")!;
        await Say("/api/v1/events", $"event-{number}", new { name = "go", correlationId = correlation });
        var tasks = await Look($"/api/v1/tasks?instanceId={id}", found => found.Items().Length > 0);
        await Say($"/api/v1/tasks/{Assert.Single(tasks.Items()).Text("id")}/complete", null, new { outcome = "Done" });
        await Look($"/api/v1/instances/{id}", found => found.GetProperty("summary").Text("status") == "Finished");
    }

    private async Task<JsonElement> Say(string address, string? key, object body)
    {
        JsonElement? answer = null;
        await Patience.Until(async () => (answer = await Try(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            return request;
        })) is not null, () => $"{address} was never answered");
        return answer!.Value;
    }

    private async Task<JsonElement> Look(string address, Func<JsonElement, bool> isEnough)
    {
        JsonElement? seen = null;
        await Patience.Until(
            async () => (seen = await Try(() => new HttpRequestMessage(HttpMethod.Get, address))) is { } found && isEnough(found), () => $"{address} stands at {seen}");
        return seen!.Value;
    }

    // Null when nobody answered, or the answer was to try again.
    private async Task<JsonElement?> Try(Func<HttpRequestMessage> request)
    {
        try
        {
            using var sent = request();
            using var answer = await client.SendAsync(sent);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(answer.Headers.RetryAfter);
                Interlocked.Increment(ref _away);
                return null;
            }

            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{sent.Method} {sent.RequestUri} answered {(int)answer.StatusCode}: {text}");
            Interlocked.Increment(ref _answers);
            return JsonElement.Parse(text);
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
