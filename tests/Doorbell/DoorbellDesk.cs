using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>A doorbell of the example county over REST: it is registered, rung for, pressed, and time passes by hand.</summary>
public sealed class DoorbellDesk(ReliefDesk desk) : IAsyncDisposable
{
    private const string China = "+08:00";
    private readonly Dictionary<string, string> secrets = [];
    private readonly Dictionary<string, string> links = [];
    private int nonces;

    /// <summary>The county over REST.</summary>
    public ReliefDesk County => desk;

    /// <summary>The alert that was raised last.</summary>
    public string AlertId { get; private set; } = "";

    /// <summary>The device's id.</summary>
    public string DeviceId { get; private set; } = "";

    /// <summary>A moment of 10 March 2026 in China, such as <c>02:14:05</c>.</summary>
    public static DateTimeOffset At(string time, int day = 10) => DateTimeOffset.Parse($"2026-03-{day:00}T{time}{China}", CultureInfo.InvariantCulture);

    /// <summary>A device is registered, somebody is rung for it in each tier, it is installed, tested and heard.</summary>
    public async Task Commission(string serial, object? more = null, params (string Name, int Tier, object Also)[] responders)
    {
        var body = Merge(new { serial, countyCode = "999900", areaCode = "99990101", place = "一村3组12号", personId = "person-zhang" }, more);
        var made = await (await desk.Posts("duty-1", "doorbells", body)).Is(HttpStatusCode.Created);
        DeviceId = made.Text("id")!;
        secrets[serial] = made.Text("secret") ?? "";
        foreach (var (name, tier, also) in responders)
            await Link(serial, name, tier, also);
        await desk.Settles();
        await desk.Decides("surveyor-qian", "doorbell-install", "Installed");
        await desk.Decides("surveyor-qian", "doorbell-test", "Heard", new { heardBy = responders.Where(one => one.Tier == 1).Select(one => links[one.Name]).ToArray() });
        Assert.Equal("Commissioned", (await Device()).Text("status"));
    }

    /// <summary>Somebody is rung for a device.</summary>
    public async Task Link(string serial, string name, int tier, object? also = null)
    {
        var body = Merge(new { userId = "person:" + name, name, tier, order = links.Count }, also);
        links[name] = (await (await desk.Posts("duty-1", $"doorbells/{serial}/responders", body)).Is(HttpStatusCode.Created)).Text("id")!;
    }

    /// <summary>The responder's link.</summary>
    public string LinkOf(string name) => links[name];

    /// <summary>The device as its keepers see it.</summary>
    public Task<JsonElement> Device() => desk.Get("doorbells/" + DeviceId);

    /// <summary>Business time goes to this moment of 10 March; what became due has run.</summary>
    public Task Until(string time, int day = 10) => desk.Until(At(time, day));

    /// <summary>The button is pressed, or another signal sent, in good order.</summary>
    public async Task<JsonElement> Presses(string serial, string path = "doorbell")
    {
        var answer = await (await Sends(serial, path, new { deviceId = serial, nonce = $"n-{++nonces}", time = await Now(), battery = 80, signal = -67 })).Is(HttpStatusCode.Accepted);
        if (answer.Text("alertId") is { } id)
            AlertId = id;
        await desk.Settles();
        return answer;
    }

    /// <summary>Something is sent with a signature, right unless said otherwise.</summary>
    public async Task<HttpResponseMessage> Sends(string serial, string path, object body, string? secret = null, string? gateway = null)
    {
        var text = body as string ?? JsonSerializer.Serialize(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alerts/" + path) { Content = new StringContent(text, Encoding.UTF8, text.StartsWith('<') ? "application/scaip+xml" : "application/json") };
        var key = secret ?? secrets.GetValueOrDefault(serial) ?? "none";
        request.Headers.Add("X-Doorbell-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))));
        if (gateway is not null)
            request.Headers.Add("X-Doorbell-Gateway", gateway);
        return await desk.Stranger.SendAsync(request);
    }

    /// <summary>Somebody does something with the alert that was raised last, and what follows has run.</summary>
    public async Task<JsonElement> Does(string by, string deed, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await (await desk.Posts(by, $"alerts/{AlertId}/{deed}", body ?? new { })).Is(expected);
        await desk.Settles();
        return answer;
    }

    /// <summary>A responder presses a digit on the call that rang last.</summary>
    public async Task<JsonElement> Answers(string name, string digit, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var ring = (await Rings()).Last(one => one.Text("name") == name && one.Text("channel") == "voice").Text("id");
        var answer = await (await desk.Posts(null, $"alerts/rings/{ring}/answer", new { digit })).Is(expected);
        await desk.Settles();
        return answer;
    }

    /// <summary>The alert as the duty desk sees it.</summary>
    public Task<JsonElement> Alert() => desk.Get("alerts/" + AlertId);

    /// <summary>The alert's state.</summary>
    public async Task<string> Status() => (await Alert()).Text("status")!;

    /// <summary>Every ring, in order.</summary>
    public async Task<JsonElement[]> Rings() => [.. (await Alert()).GetProperty("rings").EnumerateArray()];

    /// <summary>Who was rung in which round at what second after the press: <c>0 何某某/voice</c>.</summary>
    public async Task<IReadOnlyList<string>> Rung()
    {
        var alert = await Alert();
        var from = alert.GetProperty("raisedAt").GetDateTimeOffset();
        return [.. alert.GetProperty("rings").EnumerateArray().Select(ring =>
            string.Create(CultureInfo.InvariantCulture, $"{(ring.GetProperty("sentAt").GetDateTimeOffset() - from).TotalSeconds} {ring.Text("name")}/{ring.Text("channel")}"))];
    }

    public async Task<DateTimeOffset> Now() => (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset();

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    private static Dictionary<string, JsonElement> Merge(object one, object? more) =>
        new[] { one, more ?? new { } }.SelectMany(part => JsonSerializer.SerializeToElement(part).EnumerateObject()).ToDictionary(member => member.Name, member => member.Value);
}
