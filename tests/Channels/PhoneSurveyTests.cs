using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Channels.OutsideChannel;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Channels;

/// <summary>A survey filled in on a phone without a network, and one that another app sends (S04 智慧民政): handed in once, by the team alone, with two signatures, a place and photos.</summary>
public abstract class PhoneSurveyTests : IAsyncLifetime
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1];

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_survey_filled_in_without_a_network_is_taken_once()
    {
        var todo = Assert.Single((await desk.Sees("surveyor-qian", "surveys/assigned")).Items());
        var (survey, task) = (todo.GetProperty("survey"), todo.Text("taskId")!);
        var id = survey.Text("surveyId")!;
        Assert.Equal((Applicant.Zhang.Name, On(3, 20, 15)), (survey.Text("personName"), survey.GetProperty("appointmentAt").GetDateTimeOffset()));
        Assert.Empty((await desk.Sees("surveyor-zhou", "surveys/assigned")).Items());

        // A draft is one's own, and what was kept earlier does not replace it.
        await (await Puts("surveyor-qian", id, On(3, 20, 15), "two")).Is(HttpStatusCode.NoContent);
        await (await Puts("surveyor-qian", id, On(3, 20, 14), "one")).Refuses(HttpStatusCode.Conflict, "survey.draftOlder");
        await (await Puts("surveyor-zhou", id, On(3, 20, 15), "x")).Refuses(HttpStatusCode.NotFound, "survey.notFound");
        Assert.Equal("two", (await desk.Sees("surveyor-qian", $"surveys/{id}/draft")).GetProperty("content").Text("step"));

        await (await desk.Posts("surveyor-qian", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        using var client = desk.Host.With(TestHost.AdminKey, "surveyor-qian");
        using var photo = new ByteArrayContent(Photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        var hash = (await (await client.PostAsync($"/api/v1/tasks/{task}/attachments?name=door.jpg", photo)).Is(HttpStatusCode.OK)).Text("documentHash")!;

        var nothing = await (await desk.Posts("surveyor-qian", $"surveys/{id}/submit", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "survey.invalid");
        Assert.Equal(["device", "deviceTime", "familySigner", "geo", "number", "opinion", "photos", "signatures"], nothing.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        await Wrong("deviceTime", id, Filled(hash) with { DeviceTime = On(3, 21) });
        await Wrong("signatures", id, Filled(hash) with { Second = "surveyor-qian" });
        await Wrong("signatures", id, Filled(hash) with { Second = "surveyor-zhou" });
        await Wrong("photos", id, Filled("sha256:" + new string('0', 64)));
        await (await desk.Posts("surveyor-zhou", $"surveys/{id}/submit", Filled(hash).Body)).Refuses(HttpStatusCode.NotFound, "survey.notFound");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await (await desk.Posts("surveyor-qian", $"surveys/{id}/submit", Filled(hash).Body)).Is(HttpStatusCode.OK)).Text("number")));
        Assert.Single(answers.Distinct());
        await desk.Settles();
        await (await desk.Posts("surveyor-qian", $"surveys/{id}/submit", Filled(hash).Body)).Is(HttpStatusCode.OK);
        await (await desk.Posts("surveyor-qian", $"surveys/{id}/submit", (Filled(hash) with { Opinion = "NotRecommended" }).Body)).Refuses(HttpStatusCode.Conflict, "survey.numberReused");
        Assert.Equal("InReview", await desk.Status());
        Assert.Single((await desk.Case()).GetProperty("timeline").EnumerateArray(), entry => entry.Text("what") == "SurveySubmitted");
        Assert.Equal(("person-zhang", "平房"), Assert.Single(await desk.List("households?person=person-zhang")) is var home ? (home.Text("headPersonId"), home.Text("houseType")) : default);
        await desk.IsSound();
    }

    [Fact]
    public async Task Another_app_hands_its_survey_in_by_its_mapping()
    {
        var app = All["zhihuiminzheng"];
        await app.IsLetIn(desk);
        var number = (await desk.Case()).GetProperty("case").Text("number")!;
        object Survey(string caseNo, string second = "surveyor-sun") => new
        {
            surveyNo = "ZH-1", caseNo, surveyor = "surveyor-qian", opinion = "同意", unable = new[] { "洗澡", "室内行走" }, familySign = "本人", photos = new[] { new { sha256 = "sha256:77" } }, form = new { rooms = 2 },
            signatures = new[] { new { staffNo = "surveyor-qian", time = On(3, 20, 15), device = "p-1" }, new { staffNo = second, time = On(3, 20, 15, 2), device = "p-2" } },
            device = new { id = "p-1", time = On(3, 20, 15, 3), gps = new { lat = 30.6, lng = 117.4, radius = 12 } }
        };
        await (await app.Sends(desk, "surveys", Survey("XX-1"))).Refuses(HttpStatusCode.NotFound, "survey.notFound");
        await (await app.Sends(desk, "surveys", Survey(number, "surveyor-zhou"))).Refuses(HttpStatusCode.UnprocessableEntity, "survey.invalid");
        await (await app.Sends(desk, "surveys", Survey(number))).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal("ZH-1", (await (await app.Sends(desk, "surveys", Survey(number))).Is(HttpStatusCode.Accepted)).Text("surveyNo"));
        Assert.Equal("InReview", await desk.Status());
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 16, 9);
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        await desk.Until(3, 20, 16);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static Phone Filled(string photo) => new(photo, On(3, 20, 15, 5), "surveyor-sun", "Recommended");

    private async Task Wrong(string field, string id, Phone filled) =>
        Assert.Equal(field, Assert.Single((await (await desk.Posts("surveyor-qian", $"surveys/{id}/submit", filled.Body)).Refuses(HttpStatusCode.UnprocessableEntity, "survey.invalid")).GetProperty("errors").EnumerateObject()).Name);

    private async Task<HttpResponseMessage> Puts(string by, string id, DateTimeOffset deviceTime, string step)
    {
        using var client = desk.Host.With(TestHost.AdminKey, by);
        return await client.PutAsJsonAsync($"/api/v1/surveys/{id}/draft", new { device = "phone-1", deviceTime, content = new { step } });
    }

    private sealed record Phone(string Photo, DateTimeOffset DeviceTime, string Second, string Opinion)
    {
        public object Body => new
        {
            number = "phone-1-0001", device = "phone-1", deviceTime = DeviceTime, geo = new { latitude = 30.66, longitude = 117.49, accuracy = 15 }, opinion = Opinion, failedIndicators = new[] { "bathing" }, familySigner = "本人",
            photos = new[] { Photo }, answers = new { rooms = 2 }, houseType = "平房", family = new[] { new { name = Applicant.Zhang.Name, idNumber = Applicant.Zhang.IdNumber, isHead = true } },
            signatures = new[] { new { staffId = "surveyor-qian", signedAt = On(3, 20, 15), device = "phone-1" }, new { staffId = Second, signedAt = On(3, 20, 15, 2), device = "phone-2" } }
        };
    }

    public sealed class OnSqlite : PhoneSurveyTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : PhoneSurveyTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
