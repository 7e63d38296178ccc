using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;

namespace Relief.Flow.Tests.Channels;

/// <summary>A stub of an outside system: it writes and signs its messages as that system promised to, and knows nothing of our mapping files.</summary>
internal sealed record OutsideChannel(string Name, string SignatureHeader, string TimeHeader, string NonceHeader, bool InMilliseconds, Func<OutsideChannel.Sealed, string> Signs)
{
    private static int sent;

    /// <summary>By name; each as its system documents it.</summary>
    public static IReadOnlyDictionary<string, OutsideChannel> All { get; } = new OutsideChannel[]
    {
        new("window", "X-Relief-Signature", "X-Relief-Timestamp", "X-Relief-Nonce", false, one => "sha256=" + one.Hex($"{one.Operation}\n{one.Time}\n{one.Nonce}\n{one.Body}")),
        new("wechat-oa", "X-WX-Signature", "X-WX-Timestamp", "X-WX-Nonce", false, one => one.Hex(one.Time + one.Nonce + one.Operation + one.Body)),
        new("wanshitong", "X-WST-Sign", "X-WST-Timestamp", "X-WST-Nonce", true, one => one.Base64($"{one.Operation}&{one.Body}&timestamp={one.Time}&nonce={one.Nonce}")),
        new("zaojiuzhu", "X-ZJZ-Signature", "X-ZJZ-Time", "X-ZJZ-Nonce", false, one => "v1=" + one.Hex($"{one.Nonce}|{one.Time}|{one.Operation}|{one.Body}")),
        new("xiangjiuzhu", "Xjz-Signature", "Xjz-Timestamp", "Xjz-Nonce", false, one => "HMAC-SHA256 " + one.Base64($"{one.Time}.{one.Nonce}.{one.Operation}.{one.Body}")),
        new("pingyiban", "X-PYB-Sign", "X-PYB-Time", "X-PYB-Nonce", true, one => one.Hex($"{one.Operation}\n{one.Body}\n{one.Nonce}\n{one.Time}")),
        new("hanniulai", "X-HNL-Signature", "X-HNL-Timestamp", "X-HNL-Nonce", false, one => "sha256=" + one.Hex($"{one.Operation}\n{one.Time}\n{one.Nonce}\n{one.Body}")),
        new("zhihuiminzheng", "X-ZHMZ-Sign", "X-ZHMZ-Time", "X-ZHMZ-Nonce", false, one => one.Hex($"{one.Operation}\n{one.Time}\n{one.Nonce}\n{one.Body}")),
        new("hotline", "X-Call-Signature", "X-Call-Time", "X-Call-Nonce", false, one => "sha256=" + one.Hex($"{one.Operation}\n{one.Time}\n{one.Nonce}\n{one.Body}"))
    }.ToDictionary(one => one.Name);

    /// <summary>What it signs with.</summary>
    public string Secret => $"secret-of-{Name}-0123456789abcdef0123";

    /// <summary>An administrator lets it in.</summary>
    public async Task IsLetIn(ReliefDesk desk, string? callback = null)
    {
        using var client = desk.Host.With(TestHost.AdminKey);
        var set = await client.PutAsync($"/api/v1/channels/{Name}", Answers.Body(JsonSerializer.Serialize(new { countyCode = "999900", secret = Secret, callbackUrl = callback })));
        Assert.Null((await set.Is(System.Net.HttpStatusCode.OK)).Text("secret"));
    }

    /// <summary>It sends something, signed, now and with a nonce of its own unless said otherwise.</summary>
    public async Task<HttpResponseMessage> Sends(ReliefDesk desk, string operation, object body, Wrong? wrong = null)
    {
        var now = (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset() + (wrong?.Off ?? TimeSpan.Zero);
        var text = body as string ?? JsonSerializer.Serialize(body);
        var time = (InMilliseconds ? now.ToUnixTimeMilliseconds() : now.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var nonce = wrong?.Nonce ?? string.Create(CultureInfo.InvariantCulture, $"n{Interlocked.Increment(ref sent)}");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/channels/{wrong?.To ?? Name}/{operation}") { Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation(TimeHeader, time);
        request.Headers.TryAddWithoutValidation(NonceHeader, nonce);
        if (wrong?.IsUnsigned != true)
            request.Headers.TryAddWithoutValidation(SignatureHeader, Signs(new Sealed(wrong?.Secret ?? Secret, operation, time, nonce, text)));
        using var client = desk.Stranger;
        return await client.SendAsync(request);
    }

    /// <summary>A real-name token as an app signs it for its user.</summary>
    public string Token(object claims, string? secret = null)
    {
        var text = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Secret), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What is signed.</summary>
    internal sealed record Sealed(string Secret, string Operation, string Time, string Nonce, string Body)
    {
        public string Hex(string text) => Convert.ToHexStringLower(Hash(text));

        public string Base64(string text) => Convert.ToBase64String(Hash(text));

        private byte[] Hash(string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text));
    }

    /// <summary>What is wrong with a message, on purpose.</summary>
    internal sealed record Wrong(string? Secret = null, string? Nonce = null, TimeSpan Off = default, bool IsUnsigned = false, string? To = null);
}
