using System.Net;
using System.Net.Http.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Relief.Flow.Tests.Host;
using static Microsoft.Playwright.Assertions;

namespace Relief.Flow.Tests.Studio;

/// <summary>The console and the inbox in a browser: walked through as an operator and a clerk do, on a screen and on a phone, in both languages.</summary>
[Collection(StudioCollection.Name)]
public sealed class ConsoleTests(StudioFixture studio)
{
    private static int _people;

    // What passes is not listed: most of a run's time goes into the lists.
    private static readonly AxeRunOptions Violations = new() { ResultTypes = [ResultType.Violations] };

    private static readonly (string Name, int Width, int Height)[] Screens = [("1280", 1280, 860), ("390", 390, 844)];

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Every_page_can_be_read_by_everyone_on_a_screen_and_on_a_phone(string language)
    {
        var (broken, task) = await Scene();
        await Shares();
        await using var desk = await studio.Desk(language);
        var pages = new (string Name, string Path)[]
        {
            ("overview", "console"), ("instances", "console/instances"), ("instance", $"console/instances/{broken}"), ("definitions", "console/definitions"),
            ("definition", "console/definitions/procedure.intake"), ("migration", "console/definitions/procedure.intake/migration"), ("outbox", "console/outbox"),
            ("stuck", "console/stuck"), ("runbook", "console/stuck/runbook"), ("repairs", "console/repairs"), ("system", "console/system"), ("policy", "console/policy"), ("figures", "console/figures"), ("figure", "console/figures/ledgers.all"), ("ledger", "console/figures/ledger"), ("needs", "console/figures/needs"), ("city", "console/figures/city"), ("statements", "console/papers"), ("sheets", "console/papers/sheets"), ("files", "console/papers/files"), ("exchanges", "console/exchanges"), ("audit", "console/audit"), ("access", "console/access"), ("deputies", "tasks/deputies"), ("window", "window"), ("many", $"tasks/many?task={task}"), ("tasks", "tasks?show=open"), ("task", $"tasks/{task}")
        };
        foreach (var (name, path) in pages)
        {
            await desk.Page.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
            await desk.Page.GotoAsync("/" + path);
            await Expect(desk.Page.Locator("h1")).ToBeVisibleAsync();
            if (await desk.Page.Locator(".drawing img").CountAsync() > 0)
                await Expect(desk.Page.Locator(".drawing img")).ToHaveJSPropertyAsync("complete", true);
            // English words are the longer ones: on a screen they have room wherever they have it on a phone.
            foreach (var (screen, width, height) in language == "zh" ? Screens : Screens[1..])
            {
                await desk.Page.SetViewportSizeAsync(width, height);
                await Picture(desk.Page, $"{name}-{screen}-{language}");
                Assert.True(await desk.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth + 1"), $"{name} is wider than {screen}");
                // Barriers are searched for in Chinese on a screen and in English on a phone.
                if (language == "zh" && screen == Screens[1].Name)
                    continue;

                var found = await desk.Page.RunAxe(Violations);
                Assert.Empty(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{name}-{screen}: {violation.Id}: {violation.Help} {violation.Nodes[0].Html}"));
            }
        }

        await desk.IsWell();
    }

    [Fact]
    public async Task An_operator_finds_what_stopped_and_tries_it_again_and_the_page_follows_by_itself()
    {
        var (broken, _) = await Scene();
        await using var desk = await studio.Desk();
        await desk.Page.GotoAsync("/console");
        await desk.Page.Locator("a[href*='fault=']").First.ClickAsync();
        await desk.Page.Locator($"a[href$='{broken}']").ClickAsync();
        await Expect(desk.Page.Locator(".incidents")).ToContainTextAsync("银行回执不符");
        await desk.Page.Locator("#suspend summary").ClickAsync();
        await desk.Page.Locator("#suspend input[name=reason]").FillAsync("等待");
        await desk.Page.Locator(".incidents button").ClickAsync();
        await Expect(desk.Page.Locator(".note")).ToContainTextAsync("已要求重试");
        await Expect(desk.Page.Locator(".timeline .retried").First).ToBeVisibleAsync();
        await desk.IsWell();
    }

    [Fact]
    public async Task An_operator_finds_stuck_work_reads_why_and_mends_it_with_a_reason()
    {
        var (broken, _) = await Scene();
        await using var desk = await studio.Desk();
        var page = desk.Page;
        await page.GotoAsync("/console/stuck");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "立即检查" }).ClickAsync();
        await page.GotoAsync("/console/stuck?code=K1");
        await page.Locator($"a[href$='{broken}']").ClickAsync();
        await Expect(page.Locator(".why-card .verdict")).ToContainTextAsync("步骤出错");
        await Expect(page.Locator(".why-card .hint").First).ToContainTextAsync("重试");
        await Picture(page, "why-1280-zh");

        var repair = page.Locator(".why-card > .repair").First;
        await repair.Locator("input[name=reason]").FillAsync("银行已更正回执");
        await repair.Locator("button").ClickAsync();
        await Expect(page.Locator(".note")).ToContainTextAsync("已处理");
        await Expect(page.Locator(".why-card")).ToContainTextAsync("银行已更正回执");

        await page.Locator("#other-repairs summary").ClickAsync();
        var skip = page.Locator("#other-repairs .repair").Filter(new LocatorFilterOptions { HasTextString = "跳过步骤" }).First;
        await skip.Locator("input[name=reason]").FillAsync("线下已办结");
        await skip.Locator("button").ClickAsync();
        await Expect(page.Locator(".note")).ToContainTextAsync("等待另一人确认");
        await page.GotoAsync("/console/repairs");
        await Expect(page.Locator("main")).ToContainTextAsync("线下已办结");
        await Expect(page.Locator("main")).ToContainTextAsync("须由申请人以外的操作员确认");
        await Picture(page, "repairs-asked-1280-zh");
        await desk.IsWell();
    }

    [Fact]
    public async Task A_clerk_takes_a_task_and_completes_it_by_the_keyboard()
    {
        var (_, task) = await Scene();
        await using var desk = await studio.Desk();
        var page = desk.Page;
        await page.GotoAsync($"/tasks/{task}");
        await Expect(page.Locator("button.main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#complete")).ToBeVisibleAsync();
        await Picture(page, "task-form-1280-zh");

        await page.Locator("input[name=outcome]").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("input[value=Incomplete]")).ToBeCheckedAsync();
        await Expect(page.Locator("#field-missing")).ToHaveJSPropertyAsync("required", true);
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("#field-missing")).ToHaveJSPropertyAsync("required", false);
        await page.SetViewportSizeAsync(390, 844);
        await Picture(page, "task-form-390-zh");
        await page.Locator("#complete button.main").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".note")).ToContainTextAsync("已办结");
        var done = (await (await studio.Host.Client.GetAsync($"/api/v1/tasks/{task}")).Json()).GetProperty("summary");
        Assert.Equal(("Completed", "Complete"), (done.Text("state"), done.Text("outcome")));
        await desk.IsWell();
    }

    private static Task<byte[]> Picture(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.At("artifacts", "console"), name + ".png"), FullPage = true });

    /// <summary>A county shares data by an agreement, has shared somebody's, and has ended another agreement.</summary>
    private async Task Shares()
    {
        var client = studio.Host.Client;
        foreach (var (purpose, path, body) in new (string, string, object)[] { ("专项救助对象共享", "exchanges", new { personId = "person-wang" }), ("残疾人补贴比对", "end", new { }) })
        {
            var agreed = await (await client.PostAsJsonAsync("/api/v1/sharing-agreements", new
            {
                countyCode = "999900", partner = "dept-health", purpose, legalBasis = "示例数据共享办法第三条", fields = new[] { "name", "areaCode" }, validFrom = "2026-01-01", validTo = "2026-12-31"
            })).Is(HttpStatusCode.Created);
            Assert.True((await client.PostAsJsonAsync($"/api/v1/sharing-agreements/{agreed.Text("id")}/{path}", body)).IsSuccessStatusCode);
        }

        await studio.Host.TimePasses("PT0S");
    }

    /// <summary>Something that stopped, and an application that waits for the clerk.</summary>
    private async Task<(string Broken, string Task)> Scene()
    {
        var host = studio.Host;
        await host.Publish(Sketches.Broken);
        var broken = await (await host.Client.PostAsJsonAsync("/api/v1/pathways/broken/instances", new { businessKey = "SA2026-00017", input = new { idNumber = "999999194705120001", note = "第一次核对" } })).Is(HttpStatusCode.Accepted);
        var birth = new DateOnly(1947, 5, 12).AddDays(Interlocked.Increment(ref _people));
        var name = "赵钱孙李周吴郑王"[_people % 8] + "某某";
        var person = new { idNumber = $"999999{birth:yyyyMMdd}0001", name, sex = "M", birthDate = birth, areaCode = "99990101" };
        await (await host.Client.PostAsJsonAsync("/api/v1/intake/applications", new
        {
            countyCode = "999900", channel = "window", applicantName = name, category = "Dibao", itemCodes = new[] { "home-care" }, wording = "需要照料",
            papers = new[] { "application-form", "consent", "category-proof" }, consentVersion = "2026-1", person
        })).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");
        var tasks = (await (await host.Client.GetAsync("/api/v1/tasks?kind=completeness&state=Open")).Json()).Items();
        return (broken.Text("instanceId")!, tasks[0].Text("id")!);
    }
}
