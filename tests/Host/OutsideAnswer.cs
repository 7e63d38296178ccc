using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>What an outside system answers, when, and whether at all.</summary>
public sealed record OutsideAnswer(int Status, string Body = "", string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The answer is sent when this is done. The request is recorded before.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>The connection breaks instead of an answer: done outside, and reported as failed.</summary>
    public bool IsDropped { get; init; }

    public static OutsideAnswer Ok { get; } = new(200, "{}");

    public static OutsideAnswer Unavailable { get; } = new(503);

    public static OutsideAnswer Dropped { get; } = new(0) { IsDropped = true };

    /// <summary>Never answers; the request ends when its sender gives up.</summary>
    public static OutsideAnswer Silence { get; } = new(0) { Until = new TaskCompletionSource().Task };

    public static OutsideAnswer Json<T>(T body, int status = 200) => new(status, JsonSerializer.Serialize(body, JsonSerializerOptions.Web));

    /// <summary>This answer so many times, to be followed by others in a script.</summary>
    public IEnumerable<OutsideAnswer> Times(int count) => Enumerable.Repeat(this, count);

    /// <summary>The same answer, with a header.</summary>
    public OutsideAnswer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    /// <summary>The same answer, held back until <paramref name="signal"/> is done.</summary>
    public OutsideAnswer After(Task signal) => this with { Until = signal };
}
