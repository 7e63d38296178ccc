using System.Net;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using static Relief.Flow.Tests.Channels.OutsideChannel;

namespace Relief.Flow.Tests.Channels;

/// <summary>Each channel against a stub of its system: what its mapping promises is taken in once, and what is forged, replayed, late, early, malformed or not agreed to is refused with a code.</summary>
public sealed class ChannelContractTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    public static TheoryData<string> Channels => [.. All.Keys.Where(name => name != "zhihuiminzheng").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task A_channel_keeps_the_contract(string name)
    {
        var channel = All[name];
        var operation = Sent.OperationOf(name);
        await channel.IsLetIn(desk);
        var token = name == "wanshitong" ? channel.Token(Claims) : null;
        var message = Sent.Of(name, "2026030200001", token: token);

        await (await channel.Sends(desk, operation, message, new Wrong(IsUnsigned: true))).Refuses(HttpStatusCode.Unauthorized, "channel.unsigned");
        await (await channel.Sends(desk, operation, message, new Wrong(Secret: "another"))).Refuses(HttpStatusCode.Unauthorized, "channel.badSignature");
        await (await channel.Sends(desk, operation, message, new Wrong(Off: TimeSpan.FromMinutes(-6)))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.tooOld");
        await (await channel.Sends(desk, operation, message, new Wrong(Off: TimeSpan.FromMinutes(6)))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.future");
        await (await channel.Sends(desk, operation, message, new Wrong(To: "nobody"))).Refuses(HttpStatusCode.NotFound, "channel.unknown");
        await (await channel.Sends(desk, operation, "{ not json")).Refuses(HttpStatusCode.BadRequest, "channel.malformed");
        await (await channel.Sends(desk, operation, "[]")).Refuses(HttpStatusCode.BadRequest, "channel.malformed");
        await (await channel.Sends(desk, operation, new { realNameToken = token })).Refuses(HttpStatusCode.UnprocessableEntity, "channel.unnamed");
        await (await channel.Sends(desk, operation, Sent.Of(name, "13800000000", token: token))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.unnamed");
        await (await channel.Sends(desk, "alerts", message)).Is(HttpStatusCode.NotFound);
        Assert.Empty(await Begun(operation));

        var first = await Text(await channel.Sends(desk, operation, message, new Wrong(Nonce: "once")), HttpStatusCode.Accepted);
        await (await channel.Sends(desk, operation, message, new Wrong(Nonce: "once"))).Refuses(HttpStatusCode.Conflict, "channel.replayed");
        Assert.Equal(first, await Text(await channel.Sends(desk, operation, message), HttpStatusCode.Accepted));   // the same number again gets the first receipt
        await (await channel.Sends(desk, operation, Sent.Of(name, "2026030200001", "别的事", token))).Refuses(HttpStatusCode.Conflict, "channel.numberReused");
        await desk.Settles();
        Assert.Single(await Begun(operation));
        Assert.Contains("2026030200001", first, StringComparison.Ordinal);

        var status = await Text(await channel.Sends(desk, "status", Sent.Status(name, "2026030200001", token)), HttpStatusCode.OK);
        Assert.Contains("已收到", status, StringComparison.Ordinal);
        Assert.DoesNotContain(Applicant.Chen.Name, status, StringComparison.Ordinal);
        await (await channel.Sends(desk, "status", Sent.Status(name, "other", token))).Refuses(HttpStatusCode.NotFound, "channel.noSuchNumber");
        await desk.IsSound();
    }

    [Theory]
    [InlineData("window")]
    [InlineData("wechat-oa")]
    [InlineData("wanshitong")]
    [InlineData("zaojiuzhu")]
    [InlineData("xiangjiuzhu")]
    [InlineData("pingyiban")]
    public async Task Without_consent_nothing_is_taken_in_and_a_wrong_code_is_told_with_its_field(string name)
    {
        var channel = All[name];
        await channel.IsLetIn(desk);
        var token = name == "wanshitong" ? channel.Token(Claims) : null;
        await (await channel.Sends(desk, "applications", Sent.Of(name, "n-1", token: token, consents: false))).Refuses(HttpStatusCode.UnprocessableEntity, "intake.consentMissing");
        var broken = JsonSerializer.Serialize(Sent.Of(name, "n-2", token: token)).Replace("\"3\"", "\"99\"", StringComparison.Ordinal).Replace("\\u4F4E\\u4FDD\\u8FB9\\u7F18", "??", StringComparison.Ordinal).Replace("Margin", "Nothing", StringComparison.Ordinal);
        var refused = await (await channel.Sends(desk, "applications", broken)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.True(refused.GetProperty("errors").TryGetProperty("category", out _));
        Assert.Empty(await Begun("applications"));
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.OnSqlite();
        await desk.Until(ReliefDesk.On(3, 2));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static object Claims => new { sub = "wst-5", name = Applicant.Chen.Name, certNo = Applicant.Chen.IdNumber, exp = ReliefDesk.On(12, 31).ToUnixTimeSeconds() };

    private async Task<JsonElement[]> Begun(string operation) => await desk.List("instances?definitionId=" + operation switch { "requests" => "procedure.request24h", "calls" => "procedure.hotline", _ => "case.lifecycle" });

    private static async Task<string> Text(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, text);
        return text;
    }
}
