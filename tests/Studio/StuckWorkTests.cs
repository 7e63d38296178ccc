using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Operation;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Workflows;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>Stuck work on the console as operators mend it, without a word of SQL: a payment without a reply (SC-48), and the two letters (engine.md 2.4).</summary>
[Collection(StudioCollection.Name)]
public sealed class StuckWorkTests(StudioFixture studio)
{
    [Fact]
    public async Task Two_operators_send_a_payment_again_that_the_bank_does_not_know()
    {
        await using var scene = await UnansweredPayment.NineDaysLater(StorageKind.Sqlite);
        scene.Bank.Answers("GET /orders", OutsideAnswer.Unavailable, OutsideAnswer.Json(new { status = "unknownOrder" }));
        await using var one = await Operator(scene.Host);
        await using var other = await Operator(scene.Host);
        var page = one.Page;
        await LookFor(page, "K23");
        await Expect(page.Locator("main")).ToContainTextAsync("甲镇 / PV-A / 2026-04：等银行回执，9 天");
        await page.Locator($"td a[href$='{scene.InstanceId}']").First.ClickAsync();
        await Expect(page.Locator(".why-card .verdict")).ToContainTextAsync("等银行回执");

        await Mend(page, "向对方查询", "九天没有回执");
        await Expect(page.Locator(".why-card")).ToContainTextAsync("未得到有效答复（状态503）");
        await Mend(page, "向对方查询", "再查一次");
        await Expect(page.Locator(".why-card")).ToContainTextAsync("对方查无此单");
        await Mend(page, "重新发送", "银行查无此单");
        await Expect(page.Locator(".note")).ToContainTextAsync("等待另一人确认");
        await page.GotoAsync("/console/repairs");
        await Expect(page.Locator("main")).ToContainTextAsync("须由申请人以外的操作员确认");
        Assert.Single(scene.Orders);

        await other.Page.GotoAsync("/console/repairs");
        await Expect(other.Page.Locator("main")).ToContainTextAsync("银行查无此单");
        await other.Page.Locator("form[action$='/agree'] button").ClickAsync();
        await Expect(other.Page.Locator("main")).Not.ToContainTextAsync("银行查无此单");
        await scene.Desk.Settles();
        Assert.Equal(2, scene.Orders.Count);
        Assert.Single(scene.Orders.Select(order => (order.Header("Idempotency-Key"), order.Json.Text("key"))).Distinct());

        await page.GotoAsync("/console/audit?what=RepairReplay");
        await Expect(page.Locator("main")).ToContainTextAsync("银行查无此单");
        await one.IsWell();
        await other.IsWell();
    }

    [Fact]
    public async Task What_an_outside_application_started_is_found_on_the_console_and_no_other_application_sees_it()
    {
        await using var host = await CountyTemplate.Open(StorageKind.Sqlite, []);
        var (mine, other) = (await Key(host, "app"), await Key(host, "app"));
        using var app = host.With(mine);
        var person = new { idNumber = Applicant.Chen.IdNumber, name = Applicant.Chen.Name, sex = Applicant.Chen.Sex, birthDate = Applicant.Chen.Birth, areaCode = Applicant.Chen.Village };
        var taken = await (await app.PostAsJsonAsync("/api/v1/intake/applications", new
        {
            countyCode = "999900", channel = "xiangjiuzhu", applicantName = Applicant.Chen.Name, category = Applicant.Chen.Category, itemCodes = new[] { "nursing" }, wording = "需要护理",
            papers = new[] { "application-form", "consent" }, consentVersion = "2026-1", person
        })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");

        await using var one = await studio.DeskAt(host, mine);
        await using var stranger = await studio.DeskAt(host, other);
        await one.Page.GotoAsync("/tasks?show=open");
        await Expect(one.Page.Locator("tbody tr")).Not.ToHaveCountAsync(0);
        var task = await one.Page.Locator("tbody a").First.GetAttributeAsync("href");
        await stranger.Page.GotoAsync("/tasks?show=open");
        await Expect(stranger.Page.Locator("tbody tr")).ToHaveCountAsync(0);
        Assert.Equal(404, (await stranger.Page.GotoAsync(task!))!.Status);
        Assert.Equal(403, (await stranger.Page.GotoAsync("/console"))!.Status);

        await using var desk = await Operator(host);
        await desk.Page.GotoAsync($"/console/instances?text={taken.Text("caseNumber")}");
        await desk.Page.Locator("tbody a").First.ClickAsync();
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(taken.Text("caseNumber")!);
        await Expect(desk.Page.Locator("main")).Not.ToContainTextAsync(Applicant.Chen.IdNumber);
        await desk.IsWell();
    }

    [Fact]
    public async Task A_delay_that_did_not_resume_is_fired_by_hand()
    {
        await using var host = await TestHost.OnSqlite();
        await host.Publish(Sketches.ThreeDays);
        var id = await Start(host, "three-days");
        await host.Restart("Relief:Runtime:Works=false");
        await Sql(host, $"update clock set manual_now = {TestHost.Monday.AddDays(3).AddHours(2).ToUnixTimeMilliseconds()}");

        await using var desk = await Operator(host);
        await LookFor(desk.Page, "K2");
        await desk.Page.Locator($"td a[href$='{id}']").First.ClickAsync();
        var card = desk.Page.Locator(".why-card");
        await Expect(card.Locator(".verdict")).ToContainTextAsync("2026-03-05 09:00");
        await Expect(card).ToContainTextAsync("2 小时");
        await Mend(desk.Page, "立即触发", "节点曾停机");
        await Expect(desk.Page.Locator(".note")).ToContainTextAsync("已处理");
        await desk.Page.GotoAsync($"/console/audit?subject=instance:{id}");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("节点曾停机");
        await desk.IsWell();

        await host.Restart("Relief:Runtime:Works=true");
        await host.TimePasses("PT0S");
        Assert.Equal("Finished", (await (await host.Client.GetAsync($"/api/v1/instances/{id}")).Json()).GetProperty("summary").Text("status"));
    }

    [Fact]
    public async Task A_parent_that_waits_though_its_child_ended_is_told_again()
    {
        await using var host = await TestHost.OnSqlite();
        foreach (var definition in (string[])[Stories.Parent, Sketches.WaitAndLook])
            await host.Publish(definition);
        var parent = await Start(host, "parent");
        var child = (await (await host.Client.GetAsync("/api/v1/instances?definitionId=wait-and-look")).Json()).Items()[0].Text("id");

        await ChildEndsUnheard(host, parent, child!);

        await using var desk = await Operator(host);
        await LookFor(desk.Page, "K10");
        await desk.Page.Locator($"td a[href$='{parent}']").First.ClickAsync();
        await Expect(desk.Page.Locator(".why-card .verdict")).ToContainTextAsync(child!);
        await Mend(desk.Page, "重新通知父流程", "子流程已结束");
        await Expect(desk.Page.Locator(".note")).ToContainTextAsync("已处理");
        await desk.Page.GotoAsync($"/console/audit?subject=instance:{parent}");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync("子流程已结束");
        await desk.IsWell();

        await host.TimePasses("PT0S");
        Assert.NotEqual("Waiting", (await (await host.Client.GetAsync($"/api/v1/instances/{parent}")).Json()).GetProperty("summary").Text("status"));
    }

    [Fact]
    public async Task Running_instances_are_taken_over_to_a_new_version_by_two_people_and_can_be_taken_back()
    {
        await using var host = await TestHost.OnSqlite();
        await host.Publish(Stories.Reviewed("初审"));
        await Start(host, "reviewed");
        await host.Publish(Stories.Reviewed("复核", "终审"));

        await using var one = await Operator(host);
        await using var other = await Operator(host);
        var page = one.Page;
        await page.GotoAsync("/console/definitions/reviewed");
        await page.Locator("a[href$='/migration']").ClickAsync();
        await Expect(page.Locator("tbody")).ToContainTextAsync("新版本没有此步骤");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.At("artifacts", "console"), "migration-stranded-1280-zh.png"), FullPage = true });
        await page.Locator("select[name='place.初审']").SelectOptionAsync("复核");
        await page.Locator("form[method=get] button").ClickAsync();
        await Expect(page.Locator("tbody")).ToContainTextAsync("改到所选步骤：复核");
        await page.Locator("select[name=from]").SelectOptionAsync("1");
        await page.Locator("form[method=get] button").ClickAsync();
        await page.Locator("form[method=post] input[name=reason]").FillAsync("新办法施行");
        await page.Locator("form[method=post] button.main").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("新办法施行");

        await other.Page.GotoAsync("/console/repairs");
        await other.Page.Locator("form[action$='/resume'] button").ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "迁回" })).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
        await host.TimePasses("PT0S");
        await other.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "迁回" }).ClickAsync();
        await Expect(other.Page.Locator("tbody")).ToContainTextAsync("复核");
        await one.IsWell();
        await other.IsWell();
    }

    private static async Task LookFor(IPage page, string code)
    {
        await page.GotoAsync("/console/stuck");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "立即检查" }).ClickAsync();
        await page.GotoAsync("/console/stuck?code=" + code);
    }

    private static async Task Mend(IPage page, string deed, string reason)
    {
        var form = page.Locator(".why-card > .repair").Filter(new LocatorFilterOptions { HasTextString = deed }).First;
        await form.Locator("input[name=reason]").FillAsync(reason);
        await form.Locator("button").ClickAsync();
        await Expect(page.Locator(".note")).ToBeVisibleAsync();
    }

    private static async Task<string> Start(TestHost host, string definition)
    {
        var started = await (await host.Client.PostAsJsonAsync($"/api/v1/pathways/{definition}/instances", new { correlationId = "scene", input = new { caseId = "c" } })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }

    // The child ends, and what it tells is lost: taken out of the parent's mailbox before it was read, as if it had never been sent.
    private static async Task ChildEndsUnheard(TestHost host, string parent, string child)
    {
        await (await host.Client.PostAsJsonAsync($"/api/v1/instances/{parent}/suspend", new { reason = "scene" })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");
        await Sql(host, $"create table kept as select * from bookmark where instance_id = '{parent}'");
        await (await host.Client.PostAsJsonAsync($"/api/v1/instances/{child}/cancel", new { reason = "scene" })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT1H");
        await Sql(host, $"delete from inbox where instance_id = '{parent}'; insert into bookmark select * from kept; drop table kept");
        await (await host.Client.PostAsJsonAsync($"/api/v1/instances/{parent}/resume", new { })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");
    }

    private static Task<int> Sql(TestHost host, string text) => host.Records.Change(db => db.Database.ExecuteSqlRawAsync(text), default);

    private async Task<DrawingDesk> Operator(TestHost host) => await studio.DeskAt(host, await Key(host, "operator"));

    private static async Task<string> Key(TestHost host, string role) =>
        (await (await host.Client.PostAsJsonAsync("/api/v1/keys", new { name = $"{role}-{Guid.NewGuid():N}", roles = new[] { role } })).Json()).Text("secret")!;
}
