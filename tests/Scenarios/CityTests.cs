using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>A city over its counties, over REST on both stores (CZ-148, CZ-153, CZ-156, CZ-158): all figures, nobody's name, and nothing done by one person alone.</summary>
public abstract class CityTests(StorageKind kind) : IAsyncLifetime
{
    private const string April = "from=2026-04-01&to=2026-04-30";

    private ReliefDesk desk = null!;
    private string caseId = "";

    [Fact]
    public async Task A_guide_sees_the_figures_of_all_counties_and_no_person()
    {
        var city = await desk.Sees("guide-1", "cities/9999/figures?" + April);
        Assert.Equal(["999900 3", "999950 0"], city.GetProperty("counties").EnumerateArray().Select(county => FormattableString.Invariant(
            $"{county.Text("countyCode")} {county.GetProperty("figures").EnumerateArray().Single(figure => figure.Text("key") == "services.all").GetProperty("value").GetDecimal():0}")));
        var records = (await desk.Sees("guide-1", $"figures/services.all/records?county=999900&{April}")).ToString();
        Assert.DoesNotContain("张某某", records, StringComparison.Ordinal);
        Assert.Equal(3, (await desk.Sees("guide-1", $"figures/services.all/records?county=999900&{April}")).Items().Length);

        Assert.Empty((await desk.Sees("guide-1", "cases")).Items());
        Assert.Empty((await desk.Sees("guide-1", "villages/99990101/ledger")).Items());
        Assert.Empty((await desk.Sees("guide-1", "areas/999900/needs?on=2026-04-30")).Items());
        using var guide = desk.Host.With(TestHost.AdminKey, "guide-1");
        foreach (var address in new[] { $"cases/{caseId}", $"cases/{caseId}/notices" })
            await (await guide.GetAsync("/api/v1/" + address)).Refuses(HttpStatusCode.NotFound, "case.notFound");
        await (await guide.PostAsJsonAsync("/api/v1/persons/search", new { countyCode = "999900", idNumber = "999999194705120001" })).Refuses(HttpStatusCode.NotFound, "person.notFound");

        // So does a key that was made for guides; a county's own people guide nobody.
        using var key = await desk.Host.WithUnits(["9999"], "cityGuide");
        Assert.Empty((await (await key.GetAsync("/api/v1/cases")).Json()).Items());
        await (await key.GetAsync("/api/v1/cities/9999/figures?" + April)).Is(HttpStatusCode.OK);
        using var officer = desk.Host.With(TestHost.AdminKey, "county-officer-1");
        await (await officer.GetAsync("/api/v1/cities/9999/figures?" + April)).Refuses(HttpStatusCode.NotFound, "city.notFound");
        await (await officer.GetAsync($"/api/v1/figures?county=999950&{April}")).Refuses(HttpStatusCode.NotFound, "figure.areaNotFound");
    }

    [Fact]
    public async Task A_city_urges_a_county_and_adjusts_its_items_by_two_people()
    {
        await (await desk.Posts("guide-1", "cities/9999/urgings", new { unitCode = "99990101", figure = "services.typed", wording = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("guide-1", "cities/9999/urgings", new { unitCode = "999900", wording = "请联系13800000000" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("county-officer-1", "cities/9999/urgings", new { unitCode = "999900", wording = "x" })).Refuses(HttpStatusCode.NotFound, "city.notFound");
        await desk.Sends("guide-1", "cities/9999/urgings", new { unitCode = "999900", figure = "spotChecks.share", from = "2026-04-01", to = "2026-04-30", wording = "抽查比例不足" });
        Assert.Single(desk.Told("urging.asked"));
        await desk.Decides("county-officer-1", "urging.answer", "Answered", new { answer = "五月底前补齐" });
        await desk.Decides("guide-1", "urging.judge", "Settled");
        Assert.Equal("Settled 五月底前补齐", Assert.Single((await desk.Sees("county-officer-2", "urgings?county=999900")).Items().Select(one => $"{one.Text("status")} {one.Text("answer")}")));
        Assert.Empty((await desk.Sees("clerk-b", "urgings?county=999900")).Items());

        var item = new { code = "warm-company", name = "温情陪伴", family = "心理/社会融入", unit = "Visit", minMinutes = 30, maxMinutes = 180, @class = "Casework", project = "Company" };
        await (await desk.Posts("guide-1", "cities/9999/adjustments", new { kind = "Change", itemCodes = new[] { "nothing" }, item, document = "7号" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("guide-1", "cities/9999/adjustments", new { kind = "Drop", itemCodes = new[] { "meal" }, document = " " })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.Sends("guide-1", "cities/9999/adjustments", new { kind = "Add", item, document = "示例市民政〔2026〕7号" });
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Tries("guide-1", "adjustment.decide", "Approved")).StatusCode);
        await desk.Decides("guide-2", "adjustment.decide", "Approved");
        Assert.Contains("999900-warm-company", (await desk.Sees("clerk-1", "catalogue?county=999900&on=2026-05-10")).Items().Select(one => one.Text("code")));
        Assert.Contains("999950-warm-company", (await desk.Get("catalogue?county=999950&on=2026-05-10")).Items().Select(one => one.Text("code")));

        // An item is dropped under an order that runs: nobody can ask for it any more, and the order goes on being served.
        await desk.Sends("guide-2", "cities/9999/adjustments", new { kind = "Drop", itemCodes = new[] { "cleaning" }, document = "示例市民政〔2026〕8号" });
        await desk.Decides("guide-1", "adjustment.decide", "Approved");
        Assert.DoesNotContain("cleaning", (await desk.Sees("clerk-1", "catalogue?county=999900&on=2026-05-10")).Items().Select(one => one.Text("code")));
        Assert.Equal(["Active"], (await desk.Get($"cases/{caseId}/orders")).Items().Select(order => order.Text("status")!));
        Assert.Equal(3, (await desk.Sees("guide-1", "cities/9999/adjustments")).Items().Length);
        await desk.IsSound();
    }

    [Fact]
    public async Task What_a_city_asks_and_what_carries_it_to_its_answer_are_kept_together_or_not_at_all()
    {
        var (breaks, mends) = FullDisk.Of(kind, engine: "instance");
        (string Address, object Body)[] wishes =
        [
            ("urgings", new { unitCode = "999900", wording = "抽查比例不足" }), ("adjustments", new { kind = "Drop", itemCodes = new[] { "meal" }, document = "9号" })
        ];
        await desk.Set(db => db.Database.ExecuteSqlRawAsync(breaks));
        foreach (var (address, body) in wishes)
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await desk.Posts("guide-1", "cities/9999/" + address, body)).StatusCode);
            Assert.Empty((await desk.Sees("guide-1", "cities/9999/" + address)).Items());
        }

        await desk.Set(db => db.Database.ExecuteSqlRawAsync(mends));
        foreach (var (address, body) in wishes)
        {
            await desk.Sends("guide-1", "cities/9999/" + address, body);
            Assert.Single((await desk.Sees("guide-1", "cities/9999/" + address)).Items());
        }
    }

    /// <summary>From the page as over REST: what is wrong is named, nothing is sent before the last look, a form that is sent twice urges once, and only a guide of the city may.</summary>
    [Fact]
    public async Task A_guide_urges_from_the_page_after_a_last_look_and_whoever_does_not_guide_the_city_cannot()
    {
        const string page = "/console/figures/city", send = "/console/figures/city/urgings";
        (string, string)[] to = [("city", "9999"), ("period", "2026-04"), ("number", "form-1"), ("unit", "999901"), ("figure", "services.all")];
        (string, string)[] said = [.. to, ("wording", "四月服务次数偏低")];
        var guide = new PageVisit(desk.Host.With(TestHost.AdminKey, "guide-1"));
        var shown = await guide.Open(page + "?period=2026-04");
        foreach (var (wrong, told) in new[] { (to.Append(("wording", "请联系13800000000")), "不得填写电话或身份证号"), ([("unit", "99990101"), .. said.Where(field => field.Item1 != "unit")], "请选择本市的县或乡镇") })
        {
            var (status, answer) = await guide.Send(shown, send, [.. wrong]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains(told, answer, StringComparison.Ordinal);
        }

        var (_, looked) = await guide.Send(shown, send, said);
        Assert.Contains("请核对后确认", looked, StringComparison.Ordinal);
        Assert.Empty((await desk.Sees("guide-1", "cities/9999/urgings")).Items());
        for (var times = 0; times < 2; times++)
            Assert.Contains("已发出催办", (await guide.Send(looked, send, [.. said, ("confirmed", "yes")])).Page, StringComparison.Ordinal);
        var urging = Assert.Single((await desk.Sees("guide-1", "cities/9999/urgings")).Items());
        Assert.Equal(("999901", "2026-04-01", "2026-04-30"), (urging.Text("asked"), urging.Text("periodFrom"), urging.Text("periodTo")));
        await desk.Settles();
        Assert.Single(await desk.Audit("urging:" + urging.Text("id")));
        await desk.Decides("clerk-1", "urging.answer", "Answered", new { answer = "五月底前补齐" });
        Assert.Contains("五月底前补齐", await guide.Open(page), StringComparison.Ordinal);

        var officer = new PageVisit(desk.Host.With(TestHost.AdminKey, "county-officer-1"));
        await officer.Open(page, HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.SendUnoffered(send, [.. said, ("confirmed", "yes")])).Status);
        var looker = new PageVisit(await desk.Host.WithRoles("auditor"));
        Assert.DoesNotContain(send, await looker.Open(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await looker.SendUnoffered(send, [.. said, ("confirmed", "yes")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await guide.SendSealed("none", send, [.. said, ("confirmed", "yes")])).Status);
        Assert.Single((await desk.Sees("guide-1", "cities/9999/urgings")).Items());
    }

    [Fact]
    public async Task An_item_is_dropped_once_and_a_code_that_is_taken_is_not_given_again()
    {
        foreach (var document in new[] { "9号", "10号" })
            await desk.Sends("guide-1", "cities/9999/adjustments", new { kind = "Drop", itemCodes = new[] { "cleaning" }, document });
        foreach (var task in await desk.Tasks("adjustment.decide"))
        {
            await (await desk.Posts("guide-2", $"tasks/{task.Text("id")}/complete", new { outcome = "Approved", data = new { } })).Is(HttpStatusCode.OK);
            await desk.Settles();
        }

        Assert.Equal("ItemNotListed", (await desk.Get("tasks/" + (await desk.Task("adjustment.decide")).Text("id"))).GetProperty("data").Text("problem"));
        await desk.Decides("guide-2", "adjustment.decide", "Refused", new { reason = "已停用" });
        Assert.Equal(["Approved", "Refused"], (await desk.Sees("guide-1", "cities/9999/adjustments")).Items().Select(one => one.Text("status")!).Order());

        // What was refused keeps its code too, and nothing is left of the second wish.
        var item = new { code = "warm-company", name = "温情陪伴", family = "心理/社会融入", unit = "Visit", minMinutes = 30, maxMinutes = 180, @class = "Casework", project = "Company" };
        await desk.Sends("guide-1", "cities/9999/adjustments", new { kind = "Add", counties = new[] { "999950" }, item, document = "11号" });
        await desk.Decides("guide-2", "adjustment.decide", "Refused", new { reason = "暂不需要" });
        await (await desk.Posts("guide-1", "cities/9999/adjustments", new { kind = "Add", item, document = "12号" })).Refuses(HttpStatusCode.Conflict, "adjustment.codeTaken");
        Assert.Equal(3, (await desk.Sees("guide-1", "cities/9999/adjustments")).Items().Length);
        Assert.Empty((await desk.Get("catalogue?county=999950&on=2026-05-10")).Items());
        await desk.IsSound();
    }

    [Fact]
    public async Task A_summary_names_its_figures_and_a_typical_case_is_public_only_by_consent()
    {
        var summary = new { areaCode = "9999", from = "2026-01-01", to = "2026-06-30", practice = "五社联动", effect = "居家服务到户", problems = "人手不足", suggestions = "培训护理员", figures = new[] { "services.all" } };
        await (await desk.Posts("guide-1", "summaries", new { summary.areaCode, summary.from, summary.to, summary.practice, summary.effect, summary.problems, summary.suggestions, figures = new[] { "services.all=195" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("county-officer-1", "summaries", summary)).Refuses(HttpStatusCode.NotFound, "summary.notFound");
        var id = (await (await desk.Posts("guide-1", "summaries", summary)).Is(HttpStatusCode.OK)).Text("id");
        await (await desk.Posts("guide-1", $"summaries/{id}/confirm", new { })).Refuses(HttpStatusCode.Conflict, "summary.samePerson");
        await (await desk.Posts("guide-2", $"summaries/{id}/confirm", new { })).Is(HttpStatusCode.NoContent);
        var view = await desk.Sees("guide-1", $"summaries/{id}");
        Assert.Equal(3m, view.GetProperty("counties").EnumerateArray().Sum(county => county.GetProperty("figures")[0].GetProperty("value").GetDecimal()));

        var told = new { caseId, title = "重新出门", story = "经上门清洁与陪伴,老人生活改善", outcome = "家里干净,开始外出走动" };
        await (await desk.Posts("clerk-1", "typical-cases", new { caseId, told.title, story = "张某某很满意", told.outcome })).Refuses(HttpStatusCode.Conflict, "typicalCase.named");
        await (await desk.Posts("clerk-b", "typical-cases", told)).Refuses(HttpStatusCode.NotFound, "case.notFound");
        var one = (await (await desk.Posts("clerk-1", "typical-cases", told)).Is(HttpStatusCode.OK)).Text("id");
        await (await desk.Posts("clerk-2", $"typical-cases/{one}/publish", new { })).Refuses(HttpStatusCode.Conflict, "typicalCase.noConsent");
        using var clerk = desk.Host.With(TestHost.AdminKey, "clerk-1");
        await (await clerk.PutAsJsonAsync($"/api/v1/typical-cases/{one}/consent", new { form = "telepathy" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await clerk.PutAsJsonAsync($"/api/v1/typical-cases/{one}/consent", new { form = "paper" })).Is(HttpStatusCode.NoContent);
        await (await desk.Posts("clerk-1", $"typical-cases/{one}/publish", new { })).Refuses(HttpStatusCode.Conflict, "typicalCase.samePerson");
        await (await desk.Posts("clerk-2", $"typical-cases/{one}/publish", new { })).Is(HttpStatusCode.NoContent);
        Assert.Equal("重新出门", Assert.Single((await desk.Sees("guide-1", "typical-cases?area=9999")).Items()).Text("title"));

        // Past the books: nobody publishes without a consent, changes what was agreed to, or takes a consent back under a case that is public.
        await Refused("typical_case_consent", $"update {{typical_case}} set withdrawn_at = consent_at where id = '{one}'");
        await Refused("INV-15", $"update {{typical_case}} set story = '另一个故事' where id = '{one}'");
        await Refused("INV-25", $"delete from {{typical_case}} where id = '{one}'");
        await Refused("INV-25", $"update {{guidance_summary}} set effect = '另一个成效' where id = '{id}'");
        await Refused("INV-25", "update {need_change} set quantity = 900");
        await (await clerk.DeleteAsync($"/api/v1/typical-cases/{one}/consent")).Is(HttpStatusCode.NoContent);
        Assert.Empty((await desk.Sees("guide-1", "typical-cases?area=9999")).Items());
        await (await desk.Posts("clerk-2", $"typical-cases/{one}/publish", new { })).Refuses(HttpStatusCode.Conflict, "typicalCase.notDrafted");
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(On(5, 6));
        await desk.Set(async db =>
        {
            await db.Insert(new AreaUnit { Code = "999950", Level = AreaLevel.County, ParentCode = "9999", Name = "邻县" }, None);
            var order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            await FigureScene.Serve(db, kind, (order, "cleaning"), 3, On(4, 10));
            caseId = (await db.Set<Case>().SingleAsync()).Id;
        });
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task Refused(string because, string sql)
    {
        var named = sql.Replace("{", kind == StorageKind.Sqlite ? "relief_" : "relief.", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => desk.Set(db => db.Database.ExecuteSqlRawAsync(named)));
        Assert.Contains(because, refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    public sealed class OnSqlite() : CityTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : CityTests(StorageKind.PostgreSql);
}
