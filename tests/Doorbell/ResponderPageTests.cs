using System.Net;
using System.Text.RegularExpressions;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>The page of a responder's phone and the duty officer's board.</summary>
public sealed partial class ResponderPageTests : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    [Fact]
    public async Task A_responder_accepts_is_there_and_says_how_it_ended_each_with_a_link_of_its_own()
    {
        await bell.Presses("D-001");
        var link = await LinkOf("何某某");
        var page = await Page(link);
        Assert.Contains("我马上去", page);
        Assert.Contains("I am going", page);
        Assert.DoesNotContain("青霉素", page);
        Assert.Equal("Notifying", await bell.Status());   // looking changes nothing

        var second = await Post(link, ("deed", "accept"));
        Assert.NotEqual(link, second);
        Assert.Equal("Accepted", await bell.Status());
        Assert.Contains("青霉素", await Page(second));
        Assert.Contains("MedicalNoteViewed", (await bell.Alert()).GetProperty("timeline").EnumerateArray().Select(entry => entry.Text("what")));
        Assert.Contains("这个链接已经用过了", await Page(link, HttpStatusCode.Gone));

        var third = await Post(second, ("deed", "arrive"));
        Assert.Equal("OnScene", await bell.Status());
        await Post(third, HttpStatusCode.UnprocessableEntity, ("deed", "outcome"), ("outcome", "Medical"), ("how", "sight"));
        await Post(third, HttpStatusCode.OK, ("deed", "outcome"), ("outcome", "Medical"), ("how", "sight"), ("reference", "120-9"));
        Assert.Equal(("Resolved", "person:何某某"), (await bell.Status(), (await bell.Alert()).Text("resolvedBy")));
    }

    [Fact]
    public async Task Who_cannot_come_gives_it_back_and_the_others_are_rung_at_once()
    {
        await bell.Presses("D-001");
        var second = await Post(await LinkOf("何某某"), ("deed", "accept"));
        await bell.County.Until((await bell.Now()).AddMinutes(1));
        Assert.Contains("已改请其他人", await Said(second, HttpStatusCode.OK, ("deed", "release")));
        Assert.Equal("Notifying", await bell.Status());
        Assert.Contains("60 施某某/voice", await bell.Rung());
        Assert.Contains("这个链接已经用过了", await Said(second, HttpStatusCode.Gone, ("deed", "arrive")));
    }

    [Fact]
    public async Task A_link_that_is_used_late_second_or_forged_is_answered_kindly()
    {
        await bell.Presses("D-001");
        var (first, other) = (await LinkOf("何某某"), await LinkOf("施某某"));
        await Post(first, ("deed", "accept"));
        Assert.Contains("已有人前往,请您待命", await Said(other, HttpStatusCode.OK, ("deed", "accept")));
        Assert.Contains("链接不完整", await Page(other[..^1] + (other[^1] == '0' ? '1' : '0'), HttpStatusCode.NotFound));
        await bell.County.Until((await bell.Now()).AddMinutes(121));
        Assert.Contains("这个链接已过期", await Page(other, HttpStatusCode.Gone));
        await bell.Does("duty-1", "outcome", new { outcome = "Helped", how = "voice" });
        Assert.Contains("这次求助已处理完毕", await Page(other, HttpStatusCode.Gone));
        var headers = (await bell.County.Stranger.GetAsync("/r/" + other)).Headers;
        Assert.DoesNotContain("unsafe-inline", headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task No_notice_and_no_list_carries_a_note_or_a_secret()
    {
        await bell.Presses("D-001");
        await bell.County.Until((await bell.Now()).AddMinutes(9));
        var register = (await bell.County.Get("outbox?take=100")).GetRawText() + (await bell.Alert()).GetRawText() + (await bell.Device()).GetRawText();
        Assert.DoesNotContain("青霉素", register);
        Assert.DoesNotContain("钥匙在", register);
        Assert.DoesNotContain("ealed", register);
    }

    [Fact]
    public async Task The_board_shows_the_alert_and_rings_the_next_tier_with_one_press()
    {
        await bell.Presses("D-001");
        Assert.Equal(HttpStatusCode.Redirect, (await bell.County.Stranger.GetAsync("/doorbell/board")).StatusCode);
        var board = await (await bell.County.Board.GetAsync("/doorbell/board")).Content.ReadAsStringAsync();
        Assert.Contains("一村3组12号", board);
        Assert.Contains("何某某: 2 × push/voice", board);
        Assert.Contains("梯队 1", board);
        Assert.Contains($"data-until=\"{(await bell.Now()).AddSeconds(90).ToUnixTimeMilliseconds()}\"", board);
        Assert.Contains(">1:30<", board);
        var sent = await bell.County.Board.PostAsync($"/doorbell/board/{bell.AlertId}", new FormUrlEncodedContent([new("deed", "escalate")]));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        await bell.County.Settles();
        Assert.Equal(2, (await bell.Alert()).GetProperty("tier").GetInt32());
        await bell.County.Board.PostAsync($"/doorbell/board/{bell.AlertId}", new FormUrlEncodedContent([new("deed", "dispatch"), new("line", "110"), new("text", "110-7")]));
        Assert.Equal("110-7", (await bell.Alert()).Text("emergencyRef"));
    }

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await ReliefDesk.OnSqlite());
        await bell.County.Until(3, 10, 9);
        await bell.Commission("D-001", new { medicalNote = "青霉素过敏", accessNote = "钥匙在门垫下" }, ("何某某", 1, new { }), ("施某某", 1, new { }), ("吕某某", 2, new { }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    private async Task<string> LinkOf(string name)
    {
        var ring = (await bell.Rings()).First(one => one.Text("name") == name).Text("id")!;
        return RingToken.Of(ring, bell.County.Key);
    }

    private async Task<string> Page(string token, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await bell.County.Stranger.GetAsync("/r/" + token);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> Said(string token, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        var answer = await bell.County.Stranger.PostAsync("/r/" + token, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        await bell.County.Settles();
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<string> Post(string token, HttpStatusCode expected, params (string Name, string Value)[] fields) => Said(token, expected, fields);

    // The link that follows: the test's client does not go there by itself.
    private async Task<string> Post(string token, params (string Name, string Value)[] fields)
    {
        var answer = await bell.County.Stranger.PostAsync("/r/" + token, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await bell.County.Settles();
        return Token().Match(answer.Headers.Location!.OriginalString).Value;
    }

    [GeneratedRegex("[0-9a-f]{56}$")]
    private static partial Regex Token();
}
