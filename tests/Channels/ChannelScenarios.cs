using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Channels;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Channels.OutsideChannel;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Channels;

/// <summary>What people do through channels, from the message to the answer: supplements, signatures, ratings, news back, races, and calls that were lost.</summary>
public abstract class ChannelScenarios : IAsyncLifetime
{
    private static readonly OutsideChannel WeChat = All["wechat-oa"], Hotline = All["hotline"], Hunan = All["xiangjiuzhu"];

    private OutsideWorld outside = null!;
    private ReliefDesk desk = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task Missing_papers_are_told_to_the_app_and_handed_in_by_it_and_the_matter_is_rated_once()
    {
        outside.Answers("POST /wx", OutsideAnswer.Ok);
        await WeChat.IsLetIn(desk, new Uri(outside.Address, "wx").ToString());
        await (await WeChat.Sends(desk, "applications", Sent.Of("wechat-oa", "S-1", isComplete: false))).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal(0, await News());   // the receipt was the answer
        await (await WeChat.Sends(desk, "supplements", new { serialNo = "S-1", openid = "oWx-77", attachments = new[] { new { title = "授权书" } } })).Refuses(HttpStatusCode.Conflict, "channel.nothingMissing");

        await desk.Decides("clerk-1", "completeness", "Incomplete", new { missing = new[] { "consent" } });
        Assert.Equal((1, 0), (await News(), await News()));
        var told = Assert.Single(outside.RequestsTo("POST /wx"));
        Assert.Equal(("channel:wechat-oa", "oWx-77", "S-1"), (told.Json.Text("channel"), told.Json.Text("to"), told.Json.Text("reference")));
        Assert.Contains("材料不全,请补齐", told.Json.Text("text"), StringComparison.Ordinal);
        Assert.DoesNotContain(Applicant.Chen.Name, told.Body, StringComparison.Ordinal);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WeChat.Secret), Encoding.UTF8.GetBytes($"{told.Header("X-Relief-Timestamp")}.{told.Body}"))), told.Header("X-Relief-Signature"));

        var status = (await (await WeChat.Sends(desk, "status", Sent.Status("wechat-oa", "S-1"))).Is(HttpStatusCode.OK)).GetProperty("data");
        Assert.Equal(("SupplementRequested", "consent", "2026-03-16"), (status.Text("state"), status.GetProperty("missing")[0].GetString(), status.Text("nextDate")));
        await (await WeChat.Sends(desk, "status", new { serialNo = "S-1", openid = "another" })).Refuses(HttpStatusCode.NotFound, "channel.noSuchNumber");
        await (await WeChat.Sends(desk, "supplements", new { serialNo = "S-1", openid = "oWx-77" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await WeChat.Sends(desk, "supplements", new { serialNo = "S-1", openid = "oWx-77", attachments = new[] { new { title = "授权书" } } })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Decides("clerk-1", "completeness", "Complete");
        Assert.Equal(1, await News());
        Assert.Contains("已受理", outside.RequestsTo("POST /wx")[^1].Json.Text("text"), StringComparison.Ordinal);

        object Rated(int score) => new { serialNo = "S-1", openid = "oWx-77", score, comment = "办得快" };
        await (await WeChat.Sends(desk, "ratings", Rated(6))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await WeChat.Sends(desk, "ratings", Rated(5))).Is(HttpStatusCode.OK);
        await (await WeChat.Sends(desk, "ratings", Rated(5))).Is(HttpStatusCode.OK);
        await (await WeChat.Sends(desk, "ratings", Rated(1))).Refuses(HttpStatusCode.Conflict, "channel.rated");
        Assert.Equal(("wechat-oa", "1", "5"), (await desk.List("channels/ratings?county=999900"))[0] is var rated ? (rated.Text("channelId"), rated.Text("count"), rated.Text("stars")) : default);
        await IsHiddenFromAnAllegedGuardian(Rated(5));
        await desk.IsSound();
    }

    // E10: who asks may be the guardian who is alleged; they hear what everybody hears of a number that is none, and withdraw, sign and rate nothing.
    private async Task IsHiddenFromAnAllegedGuardian(object rated)
    {
        await desk.Set(async db =>
        {
            var application = await new ApplicationBook(db).Find((await new MatterBook(db).Get("wechat-oa:S-1", None))!.RecordId, None);
            await new GuardianBook(db).Allege(application!.PersonId, new Deed("county-officer-1", On(3, 4), "alleged"), None);
        });
        var nothing = await (await WeChat.Sends(desk, "status", Sent.Status("wechat-oa", "S-0"))).Refuses(HttpStatusCode.NotFound, "channel.noSuchNumber");
        foreach (var (operation, body) in new[] { ("status", Sent.Status("wechat-oa", "S-1")), ("supplements", new { serialNo = "S-1", openid = "oWx-77", attachments = new[] { new { title = "授权书" } } }), ("ratings", rated) })
        {
            var hidden = await (await WeChat.Sends(desk, operation, body)).Refuses(HttpStatusCode.NotFound, "channel.noSuchNumber");
            Assert.Equal((nothing.Text("detail"), nothing.EnumerateObject().Count()), (hidden.Text("detail"), hidden.EnumerateObject().Count()));
        }
    }

    [Fact]
    public async Task Where_the_app_cannot_be_reached_the_township_tells_them()
    {
        outside.Answers("POST /wx", OutsideAnswer.Unavailable);
        await WeChat.IsLetIn(desk, new Uri(outside.Address, "wx").ToString());
        await (await WeChat.Sends(desk, "applications", Sent.Of("wechat-oa", "S-2"))).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Decides("clerk-1", "completeness", "Complete");
        Assert.Equal(1, await News());
        Assert.Empty(await desk.Tasks("channel.byHand"));
        await desk.Until(On(3, 2, 13));
        Assert.Equal(EndOf(3, 3), await desk.Due("channel.byHand"));
        await desk.Decides("clerk-2", "channel.byHand", "Told", new { how = "电话" });
        Assert.Empty(await desk.List("instances?status=Faulted"));
    }

    [Fact]
    public async Task The_same_number_at_the_same_moment_makes_one_application_and_the_same_nonce_is_taken_once()
    {
        await Hunan.IsLetIn(desk);
        var message = Sent.Of("xiangjiuzhu", "LD-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await (await Hunan.Sends(desk, "applications", message)).Is(HttpStatusCode.Accepted)).Text("acceptNo")));
        Assert.Single(answers.Distinct());
        var replays = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await Hunan.Sends(desk, "status", Sent.Status("xiangjiuzhu", "LD-1"), new Wrong(Nonce: "same"))).StatusCode));
        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)], replays.Order());
        await desk.Settles();
        Assert.Single(await desk.List("instances?definitionId=case.lifecycle"));

        // The consent to a name on the sheet is the person's own, and is taken back as it was given.
        object Consents(string agree) => new { applyNo = "LD-1", accountId = "ld-account-9", purpose = "01", agree, signature = new { no = "sign-1" } };
        await desk.Decides("clerk-1", "completeness", "Complete");
        await (await Hunan.Sends(desk, "consents", Consents("1"))).Is(HttpStatusCode.OK);
        await (await Hunan.Sends(desk, "consents", Consents("0"))).Is(HttpStatusCode.OK);
        await (await Hunan.Sends(desk, "consents", Consents("0"))).Refuses(HttpStatusCode.Conflict, "channel.nothingToSign");
        await (await Hunan.Sends(desk, "consents", new { applyNo = "LD-1", accountId = "ld-account-9", purpose = "03", agree = "1", signature = new { no = "sign-2" } })).Refuses(HttpStatusCode.Conflict, "channel.nothingToSign");
        await desk.IsSound();
    }

    [Fact]
    public async Task The_person_signs_the_service_agreement_in_the_app()
    {
        await Hunan.IsLetIn(desk);
        await desk.Until(On(3, 30));
        await desk.IsConfirmed(Applicant.Wang, "nursing", 3);
        await desk.Set(db => new MatterBook(db).Begin(new ChannelMatter
        {
            Id = "xiangjiuzhu:LD-9", CountyCode = "999900", CreatedAt = On(3, 30), CreatedBy = "channel:xiangjiuzhu", ChannelId = "xiangjiuzhu", Number = "LD-9", UserRef = "ld-account-9", Kind = MatterKind.Application,
            RecordId = desk.ApplicationId, Content = "signed", Tellings = 0, Ended = false
        }, None));
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "护理", lines = new[] { new { itemCode = "nursing", quantityPerMonth = 3, visitsPerMonth = 3 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Decides("clerk-1", "agreement.Township", "Signed");
        await desk.Decides("supplier-a", "agreement.Supplier", "Signed");
        object Signs(string user) => new { applyNo = "LD-9", accountId = user, purpose = "03", agree = "1", signature = new { no = "sign-9" } };
        await (await Hunan.Sends(desk, "consents", Signs("another"))).Refuses(HttpStatusCode.NotFound, "channel.noSuchNumber");
        await (await Hunan.Sends(desk, "consents", Signs("ld-account-9"))).Is(HttpStatusCode.OK);
        await desk.Settles();
        Assert.Empty(await desk.Tasks("agreement.Person"));
        await (await Hunan.Sends(desk, "consents", Signs("ld-account-9"))).Refuses(HttpStatusCode.Conflict, "channel.nothingToSign");
        Assert.Contains("SignedByChannel channel:xiangjiuzhu 03-30", await desk.Audit("case:" + desk.CaseId));
        await desk.IsSound();
    }

    [Fact]
    public async Task An_app_user_applies_for_a_relative_and_a_forged_or_old_token_is_refused()
    {
        var app = All["wanshitong"];
        await app.IsLetIn(desk);
        object Claims(DateTimeOffset until) => new { sub = "wst-9", name = "王某某", certNo = Applicant.Wang.IdNumber, exp = until.ToUnixTimeSeconds() };
        object Applies(string? token, string? forWhom = null) => new
        {
            bizNo = "W-1", realNameToken = token,
            data = new { beneficiary = forWhom is null ? null : new { name = Applicant.Chen.Name, certNo = forWhom }, sexCode = "1", birth = "19700303", regionCode = "99990102", typeCode = "3", itemCodes = new[] { "cleaning" }, content = "需要照料", materials = new[] { new { code = "01" } }, privacyVersion = "2026-1" }
        };
        await (await app.Sends(desk, "applications", Applies(null))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.identityMissing");
        await (await app.Sends(desk, "applications", Applies(app.Token(Claims(On(12, 31)), "another")))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.identityForged");
        await (await app.Sends(desk, "applications", Applies(app.Token(Claims(On(3, 1)))))).Refuses(HttpStatusCode.UnprocessableEntity, "channel.identityExpired");
        var token = app.Token(Claims(On(12, 31)));
        await (await app.Sends(desk, "applications", Applies(token, Applicant.Chen.IdNumber))).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await using var db = desk.Host.Records.ReadingAll();
        var application = Assert.Single(db.Set<Relief.Flow.Activities.Cases.Application>().Where(row => row.Channel == "wanshitong"));
        Assert.Equal(("王某某", true, "channel:wanshitong"), (application.ApplicantName, application.OnBehalf, application.CreatedBy));
    }

    [Fact]
    public async Task A_lost_call_is_called_back_in_half_an_hour_or_the_county_knows()
    {
        await Hotline.IsLetIn(desk);
        var lost = await (await Hotline.Sends(desk, "calls", new { callId = "call-7", result = "lost" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal(On(3, 2, 9, 30), lost.GetProperty("due").GetDateTimeOffset());
        Assert.Equal(On(3, 2, 9, 30), await desk.Due("hotline.callback"));
        await desk.Until(On(3, 2, 9, 31));
        Assert.Equal(["unit:999900 03-02 09:30"], desk.Told("call.late"));
        await desk.Decides("hotline-1", "hotline.callback", "NoAnswer");
        Assert.Equal(On(3, 2, 11, 31), await desk.Due("hotline.callback"));
        await desk.Decides("hotline-1", "hotline.callback", "Reached", new { type = "Gossip", wording = "x" });
        await desk.Decides("hotline-1", "hotline.callback", "Reached", new { type = "Complaint", wording = "服务未到", placeCode = "99990101" });
        await desk.Task("ticket.transfer");
        Assert.Contains("Answered", (await (await Hotline.Sends(desk, "status", new { callId = "call-7" })).Is(HttpStatusCode.OK)).Text("state"), StringComparison.Ordinal);

        // Whose number it is, is found; the number itself is kept nowhere.
        await desk.Set(async db => await db.Replace(await db.Set<Relief.Flow.Activities.People.Person>().SingleAsync(row => row.Id == "person-zhang") with { Phone = "0566-7654321" }, None));
        await (await Hotline.Sends(desk, "calls", new { callId = "call-9", callType = "表扬", area = "99990101", summary = "谢谢", caller = "0566-7654321", recordUrl = "rec-9" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        var known = (await desk.List("tickets?county=999900")).Single(ticket => ticket.Text("externalId") == "call-9").Text("id");
        var ticket = (await desk.Get("tickets/" + known)).GetProperty("ticket");
        Assert.Equal(("person-zhang", "rec-9"), (ticket.Text("complainantRef"), ticket.Text("recording")));
        Assert.DoesNotContain("7654321", ticket.ToString(), StringComparison.Ordinal);

        await (await Hotline.Sends(desk, "calls", new { callId = "call-8", result = "lost", area = "88" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Hotline.Sends(desk, "calls", new { callId = "call-8", result = "lost" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        foreach (var _ in Enumerable.Range(0, 3))
            await desk.Decides("hotline-1", "hotline.callback", "NoAnswer");
        Assert.Equal("NotReached", (await (await Hotline.Sends(desk, "status", new { callId = "call-8" })).Is(HttpStatusCode.OK)).Text("state"));
        await desk.IsSound();
    }

    [Fact]
    public async Task An_administrator_alone_lets_channels_in_and_a_channel_that_is_shut_out_is_unknown()
    {
        using var clerk = await desk.Host.WithRoles("app");
        await (await clerk.PutAsync("/api/v1/channels/window", Answers.Body("""{ "countyCode": "999900" }"""))).Is(HttpStatusCode.Forbidden);
        using var admin = desk.Host.With(TestHost.AdminKey);
        async Task<HttpResponseMessage> Sets(object body, string name = "kiosk-1") => await admin.PutAsync("/api/v1/channels/" + name, Answers.Body(JsonSerializer.Serialize(body)));
        var refused = await (await Sets(new { countyCode = "0", mapping = "nothing", secret = "short", callbackUrl = "ftp://x" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["callbackUrl", "countyCode", "mapping", "secret"], refused.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        var made = await (await Sets(new { countyCode = "999900", mapping = "window" })).Is(HttpStatusCode.OK);
        Assert.Equal(64, made.Text("secret")!.Length);
        Assert.Null((await (await Sets(new { countyCode = "999900", mapping = "window", active = false })).Is(HttpStatusCode.OK)).Text("secret"));
        await (await All["window"].Sends(desk, "applications", new { }, new Wrong(To: "kiosk-1"))).Refuses(HttpStatusCode.NotFound, "channel.unknown");
        Assert.DoesNotContain("secret", (await desk.Get("channels")).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    public async Task InitializeAsync()
    {
        outside = await OutsideWorld.Open();
        var gateway = await OutsideWorld.Open();
        desk = new ReliefDesk(await CountyTemplate.Open(Kind, [Gateway(gateway), "Relief:Outbound:AllowPrivate=true"]), gateway);
        await desk.Until(On(3, 2));
    }

    public async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await outside.DisposeAsync();
    }

    private async Task<int> News()
    {
        var begun = await desk.Host.Part<ChannelNews>().RunOnce(None);
        await desk.Settles();
        return begun;
    }

    public sealed class OnSqlite : ChannelScenarios
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ChannelScenarios
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
