using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The example county with outside systems that one server plays: each has its path, its token and its secret there.</summary>
public sealed class AdapterDesk : IAsyncDisposable
{
    private AdapterDesk(ReliefDesk desk, OutsideWorld other)
    {
        Desk = desk;
        Other = other;
        other.Clock = () => desk.Host.Records.Now(CancellationToken.None);
    }

    public ReliefDesk Desk { get; }

    /// <summary>The other side: <c>/econ/…</c> is the verification centre, and so on.</summary>
    public OutsideWorld Other { get; }

    /// <summary>Sits down with systems that have an address here, by their names.</summary>
    public static async Task<AdapterDesk> With(StorageKind kind, params string[] names)
    {
        var (outside, other) = (await OutsideWorld.Open(), await OutsideWorld.Open());
        string[] settings = [.. names.SelectMany(name => new[] { $"Relief:Adapters:{name}:Url={new Uri(other.Address, name)}", $"Relief:Adapters:{name}:Token=token-{name}", $"Relief:Adapters:{name}:Secret=secret-{name}" })];
        return new AdapterDesk(new ReliefDesk(await CountyTemplate.Open(kind, [Gateway(outside), .. settings]), outside), other);
    }

    /// <summary>What a system got at one of its paths: each with its token, a signature that is right, and a key.</summary>
    public IReadOnlyList<OutsideRequest> Got(string name, string path, string method = "POST")
    {
        var got = Other.RequestsTo($"{method} /{name}/{path}");
        Assert.All(got, request =>
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Header(NoticeSignature.TimestampHeader)!, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal("Bearer token-" + name, request.Header("Authorization"));
            Assert.Equal(NoticeSignature.Of("secret-" + name, at, request.Body)[NoticeSignature.SignatureHeader], request.Header(NoticeSignature.SignatureHeader));
            Assert.NotNull(request.Header("Idempotency-Key"));
        });
        return got;
    }

    /// <summary>When the calls came, as <c>03-02 09:01</c> in China.</summary>
    public static string Times(IEnumerable<OutsideRequest> requests) =>
        string.Join(' ', requests.Select(request => request.At!.Value.ToOffset(TimeSpan.FromHours(8)).ToString("MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>A system calls us, signed with its secret now, unless said otherwise.</summary>
    public async Task<HttpResponseMessage> Calls(string name, string path, object body, string? secret = null, DateTimeOffset? at = null, bool isSigned = true)
    {
        using var stranger = Desk.Stranger;
        var text = JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/adapters/{name}/{path}") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        foreach (var (header, value) in isSigned ? NoticeSignature.Of(secret ?? "secret-" + name, at ?? await Desk.Host.Records.Now(CancellationToken.None), text) : [])
            request.Headers.Add(header, value);
        return await stranger.SendAsync(request);
    }

    /// <summary>How it goes with a system.</summary>
    public async Task<JsonElement> Health(string name) => Assert.Single(await Desk.List("adapters"), one => one.Text("name") == name);

    /// <summary>What is in the log of a system, newest first.</summary>
    public Task<JsonElement[]> Log(string name) => Desk.List($"exchanges?county=999900&adapter={name}");

    /// <summary>A policy parameter of the county.</summary>
    public async Task IsPolicy(string key, string value) =>
        await (await Desk.Host.Client.PutAsJsonAsync("/api/v1/parameters/" + key, new { areaCode = "999900", value, validFrom = "2026-01-01", basis = "示例民发〔2026〕9号" })).Is(System.Net.HttpStatusCode.OK);

    /// <summary>Somebody of the second village has applied and was surveyed by two people.</summary>
    public async Task IsSurveyed(Applicant who)
    {
        var now = (await Desk.Get("clock")).GetProperty("now").GetDateTimeOffset();
        string[] team = ["village-worker-2", "surveyor-sun"];
        await Desk.Applies(who, "cleaning");
        await Desk.Decides("clerk-1", "completeness", "Complete");
        await Desk.Decides("clerk-2", "classify", "Classified");
        await Desk.Decides("clerk-1", "survey-team", "Assigned", new { team, mode = "Delegated", appointmentAt = now.AddMinutes(30) });
        await Desk.Until(now.AddHours(1));
        await Desk.Decides(team[0], "survey", "Submit", Signed(team[0], team[1], at: now.AddMinutes(30)));
    }

    /// <summary>The reviewer approves everything that was applied for.</summary>
    public async Task Approves()
    {
        var needs = (await Desk.Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity = 4, pathways = new[] { "M1" } }).ToArray();
        await Desk.Decides("reviewer-li", "approval", "Approved", new { needs });
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Other.DisposeAsync();
    }
}
