using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Host.Demo;

/// <summary>Calls this product's own REST API as an application does, for one person at a time.</summary>
/// <param name="client">Has the address and an administrator's key.</param>
/// <remarks>An answer that is no success is an <see cref="InvalidOperationException"/> with the answer's text.</remarks>
internal sealed class ApiCaller(HttpClient client)
{
    /// <summary>A moment of 2026 in China.</summary>
    public static DateTimeOffset On(int month, int day, int hour) => On(new DateOnly(2026, month, day), hour);

    /// <summary>A full hour of a day in China.</summary>
    public static DateTimeOffset On(DateOnly day, int hour) => ChinaTime.Local(ChinaTime.At(day, new TimeOnly(hour, 0)));

    /// <summary>A moment in an answer, as it is read in China.</summary>
    public static DateTimeOffset Moment(JsonElement json, string member) => ChinaTime.Local(json.GetProperty(member).GetDateTimeOffset());

    /// <summary>The day of a moment in an answer, in China.</summary>
    public static DateOnly Day(JsonElement json, string member) => ChinaTime.DayOf(json.GetProperty(member).GetDateTimeOffset());

    public static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    public async Task<JsonElement> Get(string path, CancellationToken cancellationToken) =>
        await Answer(await client.GetAsync(Address(path), cancellationToken), cancellationToken);

    /// <summary>The items of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> List(string path, CancellationToken cancellationToken) =>
        [.. (await Get(path, cancellationToken)).GetProperty("items").EnumerateArray()];

    /// <summary>Posts, and lets everything run that can.</summary>
    public async Task<JsonElement> Post(string path, object body, string? by, CancellationToken cancellationToken)
    {
        var answer = await Send(path, body, by, cancellationToken);
        await Send("clock/advance", new { by = "PT0S" }, null, cancellationToken);
        return answer;
    }

    /// <summary>Posts what a device signed with its secret, and lets everything run that can.</summary>
    public async Task<JsonElement> Signed(string path, object body, string secret, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Doorbell-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text))));
        var answer = await Answer(await client.SendAsync(request, cancellationToken), cancellationToken);
        await Send("clock/advance", new { by = "PT0S" }, null, cancellationToken);
        return answer;
    }

    /// <summary>Business time goes to this moment; what became due on the way has run.</summary>
    public Task At(DateTimeOffset to, CancellationToken cancellationToken) => Send("clock/advance", new { to }, null, cancellationToken);

    /// <summary>Business time, in China.</summary>
    public async Task<DateTimeOffset> Now(CancellationToken cancellationToken) => Moment(await Get("clock", cancellationToken), "now");

    /// <summary>The open tasks of a kind, newest first.</summary>
    public Task<IReadOnlyList<JsonElement>> Open(string kind, CancellationToken cancellationToken) =>
        List("tasks?state=Open&state=Claimed&kind=" + Uri.EscapeDataString(kind), cancellationToken);

    /// <summary>The one open task of a kind.</summary>
    public async Task<JsonElement> OpenTask(string kind, CancellationToken cancellationToken)
    {
        var open = await Open(kind, cancellationToken);
        return open is [var task] ? task : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{open.Count} open tasks of the kind {kind}, not one."));
    }

    /// <summary>Somebody decides the open task of a kind, and what follows has run.</summary>
    public async Task Decide(Decision decision, CancellationToken cancellationToken)
    {
        var task = await OpenTask(decision.Kind, cancellationToken);
        await Post($"tasks/{Text(task, "id")}/complete", new { outcome = decision.Outcome, data = decision.Form ?? new { } }, decision.By, cancellationToken);
    }

    /// <summary>The three parties sign the one agreement that waits for them.</summary>
    public async Task Sign(string supplier, CancellationToken cancellationToken)
    {
        foreach (var (party, by) in new[] { ("Township", "clerk-1"), ("Supplier", supplier), ("Person", "clerk-1") })
            await Decide(new Decision("agreement." + party, by, "Signed"), cancellationToken);
    }

    /// <summary>Publishes an event, and what follows has run.</summary>
    public Task Event(string name, object payload, CancellationToken cancellationToken) => Post("events", new { name, payload }, null, cancellationToken);

    private async Task<JsonElement> Send(string path, object body, string? by, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = JsonContent.Create(body) };
        if (by is not null)
            request.Headers.Add("X-Acting-User", by);
        return await Answer(await client.SendAsync(request, cancellationToken), cancellationToken);
    }

    private static Uri Address(string path) => new("/api/v1/" + path, UriKind.Relative);

    private static async Task<JsonElement> Answer(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonElement.Parse(text)
                : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)answer.StatusCode}: {text}");
        }
    }
}
