using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Host;

/// <summary>The task inbox: who sees which task, how it is taken, filled in, given on and completed.</summary>
public sealed class InboxPagesTests(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_task_is_taken_and_completed_from_the_page_and_the_next_one_follows()
    {
        var (first, second) = (await Waiting("relief-clerk", "999902"), await Waiting("relief-clerk", "999902"));
        var desk = new PageVisit(_host.With(TestHost.AdminKey, "clerk-b"));
        Assert.Contains($"/tasks/{first}", await desk.Open("/tasks"), StringComparison.Ordinal);

        var (status, page) = await desk.Send(await desk.Open($"/tasks/{first}"), $"/tasks/{first}/claim");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("由您办理", page, StringComparison.Ordinal);
        Assert.Contains("我的任务（1）", await desk.Open("/tasks"), StringComparison.Ordinal);
        (status, page) = await desk.Send(page, $"/tasks/{first}/complete", ("outcome", "Done"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("这是下一件", page, StringComparison.Ordinal);
        Assert.Contains($"/tasks/{second}/claim", page, StringComparison.Ordinal);

        var done = (await (await _host.Client.GetAsync($"/api/v1/tasks/{first}")).Json()).GetProperty("summary");
        Assert.Equal(("Completed", "clerk-b"), (done.Text("state"), done.Text("completedBy")));
        await _host.Client.PostAsJsonAsync($"/api/v1/tasks/{second}/complete", new { outcome = "Done" });
    }

    [Fact]
    public async Task Everybody_sees_what_their_posts_let_them_take_and_nothing_else()
    {
        var task = await Waiting("township-reviewer", "99990101", "reviewer-li");
        Assert.Contains(task, await new PageVisit(_host.With(TestHost.AdminKey, "township-reviewer-1")).Open("/tasks?show=open"), StringComparison.Ordinal);
        Assert.Contains(task, await new PageVisit(_host.Client).Open("/tasks?show=open&role=township-reviewer"), StringComparison.Ordinal);
        Assert.Contains(task, await new PageVisit(await _host.WithUnits(["999901"], "townshipReviewer")).Open("/tasks"), StringComparison.Ordinal);

        foreach (var other in new[] { "reviewer-b", "clerk-1", "nobody-at-all" })
        {
            var desk = new PageVisit(_host.With(TestHost.AdminKey, other));
            Assert.DoesNotContain(task, await desk.Open("/tasks?show=open"), StringComparison.Ordinal);
            await desk.Open($"/tasks/{task}", other == "clerk-1" ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound);
        }

        await new PageVisit(await _host.WithRoles("volunteer")).Open($"/tasks/{task}", HttpStatusCode.NotFound);
        await new PageVisit(await _host.WithRoles("auditor")).Open("/tasks", HttpStatusCode.Forbidden);
        var excluded = await new PageVisit(_host.With(TestHost.AdminKey, "reviewer-li")).Open($"/tasks/{task}");
        Assert.Contains("您须回避此任务", excluded, StringComparison.Ordinal);
        Assert.DoesNotContain($"/tasks/{task}/claim", excluded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_given_back_and_given_to_a_colleague_who_may_do_it()
    {
        var task = await Waiting("relief-clerk", "999901");
        var desk = new PageVisit(_host.With(TestHost.AdminKey, "clerk-1"));
        var (_, page) = await desk.Send(await desk.Open($"/tasks/{task}"), $"/tasks/{task}/claim");
        Assert.Contains("value=\"clerk-2\"", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, $"/tasks/{task}/release");
        Assert.Contains("待领取", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, $"/tasks/{task}/claim");

        var (status, refused) = await desk.Send(page, $"/tasks/{task}/delegate", ("to", "clerk-b"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("此人没有办理该任务所需的角色", refused, StringComparison.Ordinal);
        await desk.Send(refused, $"/tasks/{task}/delegate", ("to", "clerk-2"));
        Assert.Contains(task, await new PageVisit(_host.With(TestHost.AdminKey, "clerk-2")).Open("/tasks?show=mine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_right_comes_back_with_what_was_typed_and_what_is_missing()
    {
        await (await _host.Client.PostAsJsonAsync("/api/v1/intake/applications", Application())).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        var desk = new PageVisit(_host.With(TestHost.AdminKey, "clerk-1"));
        var task = Regex.Match(await desk.Open("/tasks?show=open"), "href=\"/tasks/([0-9a-f-]{36})\">材料审查").Groups[1].Value;
        var (_, page) = await desk.Send(await desk.Open($"/tasks/{task}"), $"/tasks/{task}/claim");
        Assert.Contains("缺少的材料", page, StringComparison.Ordinal);

        var (status, refused) = await desk.Send(page, $"/tasks/{task}/complete", ("outcome", "Incomplete"), ("f.missing", " "), ("f.unreadable", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("此项必填", refused, StringComparison.Ordinal);
        Assert.Matches("<option value=\"true\" selected", refused);
        (_, refused) = await desk.Send(page, $"/tasks/{task}/complete");
        Assert.Contains("请选择办理结果", refused, StringComparison.Ordinal);

        (status, _) = await desk.Send(page, $"/tasks/{task}/complete", ("outcome", "Incomplete"), ("f.missing", "category-proof\r\nincome-proof"), ("f.unreadable", ""));
        Assert.Equal(HttpStatusCode.OK, status);
        var result = (await (await _host.Client.GetAsync($"/api/v1/tasks/{task}")).Json()).GetProperty("result");
        Assert.Equal(["category-proof", "income-proof"], result.GetProperty("missing").EnumerateArray().Select(paper => paper.GetString()));
    }

    [Fact]
    public async Task What_was_sent_back_says_why_in_words()
    {
        var about = (await (await _host.Client.PostAsJsonAsync("/api/v1/intake/applications", Application("999999193301010002", "1933-01-01"))).Is(HttpStatusCode.Accepted)).Text("caseId")!;
        await _host.TimePasses("PT0S");
        var clerk = _host.With(TestHost.AdminKey, "clerk-2");
        var desk = new PageVisit(clerk);
        var task = await OpenTask(about);
        Assert.DoesNotContain("sent-back", await desk.Open($"/tasks/{task}"), StringComparison.Ordinal);
        await Completes(clerk, task, new { outcome = "Complete" });
        await Completes(clerk, await OpenTask(about), new { outcome = "Classified", data = new { itemCodes = new[] { "no-such-item" } } });
        var again = await desk.Open("/tasks/" + await OpenTask(about));
        Assert.Matches("id=\"sent-back\">上次提交未被接受： 所选项目都不在服务目录中", again);
    }

    private async Task Completes(HttpClient clerk, string task, object decision)
    {
        await (await clerk.PostAsJsonAsync($"/api/v1/tasks/{task}/complete", decision)).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");
    }

    [Fact]
    public void What_an_activity_hands_over_is_shown_flat_lists_as_rows_and_what_is_sensitive_masked()
    {
        var shown = NamedValue.In(FlowJson.Of(new
        {
            data = new { unit = "999901", empty = new { }, missing = (string?)null, phone = new { home = "13800000000" }, lines = new[] { new { itemCode = "home-care", idNumber = "999999194705120001" } } }, codes = new[] { "a", "b" }
        })).ToList();
        Assert.Equal(["unit", "phone", "lines", "codes"], shown.Select(one => one.Name));
        Assert.Equal(("999901", "a, b"), (shown[0].Text, shown[3].Text));
        Assert.True(shown[1].IsMasked);
        Assert.DoesNotContain("13800000000", shown[1].Text, StringComparison.Ordinal);
        var row = Assert.Single(shown[2].Rows);
        Assert.Equal([("itemCode", false), ("idNumber", true)], row.Select(cell => (cell.Name, cell.IsMasked)));
        Assert.Empty(NamedValue.In(FlowJson.Of("plain")));
    }

    [Fact]
    public async Task An_administrator_s_browser_chooses_for_whom_it_acts_and_only_with_the_right_seal()
    {
        using var browser = new HttpClient { BaseAddress = _host.Address };
        browser.DefaultRequestHeaders.Add("Origin", _host.Address.GetLeftPart(UriPartial.Authority));
        await browser.PostAsync("/studio/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("key", TestHost.AdminKey)]));
        var desk = new PageVisit(browser);
        var page = await desk.Open("/tasks");

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SendSealed("forged", "/tasks/acting", ("person", "clerk-1"))).Status);
        Assert.Contains("您正在代 周某甲 (clerk-1) 办理", (await desk.Send(page, "/tasks/acting", ("person", "clerk-1"))).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Send(page, "/tasks/acting", ("person", "no such <id>"))).Status);
        Assert.DoesNotContain("您正在代", (await desk.Send(page, "/tasks/acting", ("person", ""))).Page, StringComparison.Ordinal);

        browser.DefaultRequestHeaders.Remove("Origin");
        browser.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.OK, (await desk.Send(page, "/tasks/acting", ("person", "clerk-1"))).Status);
        browser.DefaultRequestHeaders.Remove("Origin");
        Assert.DoesNotContain("您正在代", await desk.Open("/tasks"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T18:00:00+08:00", "today", 0)]
    [InlineData("2026-03-04T23:59:59+08:00", "soon", 2)]
    [InlineData("2026-03-06T23:59:59+08:00", "time", 4)]
    [InlineData("2026-02-26T23:59:59+08:00", "late", 3)]
    [InlineData(null, "none", 0)]
    public void What_is_left_is_counted_in_working_days(string? due, string kind, int days) =>
        Assert.Equal(new DueMark(kind, days), DueMark.Of(due is null ? null : DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), TestHost.Monday, WorkingCalendar.National));

    [Fact]
    public void Each_declared_type_is_read_from_what_is_typed_and_what_cannot_be_read_stays()
    {
        FormField[] fields =
        [
            FormField.Of("count", "", "integer"), FormField.Of("amount", "", "number"), FormField.Of("yes", "", "boolean"), FormField.Of("papers", "", "array"),
            FormField.Of("scores", "", "object"), FormField.Of("appointmentAt", "", "string"), FormField.Of("wrong", "", "number"), FormField.Of("empty", "", "string")
        ];
        var typed = new Dictionary<string, string>
        {
            ["count"] = "3", ["amount"] = "12.50", ["yes"] = "true", ["papers"] = "a\n\n{\"b\":1}", ["scores"] = "住房：4\n收入: 2.5", ["appointmentAt"] = "2026-03-05T09:30", ["wrong"] = "many", ["empty"] = " "
        };
        Assert.Equal(
            """{"count":3,"amount":12.50,"yes":true,"papers":["a",{"b":1}],"scores":{"住房":4,"收入":2.5},"appointmentAt":"2026-03-05T09:30:00+08:00","wrong":"many"}""",
            JsonSerializer.Serialize(FilledFields.Data(fields, typed), FlowJson.Options));
    }

    [Fact]
    public void Rows_and_parts_are_read_by_their_number_and_name_and_what_is_empty_is_left_out()
    {
        FormField[] fields =
        [
            FormField.Of("needs", "", "array").Made(FormField.Of("id", "", "string"), FormField.Of("quantity", "", "number"), FormField.Of("pathways", "", "array").OneOf("M1", "M2"), FormField.Of("dueOn", "", "string"))
                .From([new { id = "n-1", quantity = 8m, pathways = new[] { "M1", "M2" } }]),
            FormField.Of("scores", "", "object").Made(FormField.Of("life", "", "integer")), FormField.Of("tasks", "", "array").OneOf("Cooking"), FormField.Of("attempts", "", "array")
        ];
        Assert.Equal("n-1|8|M1\nM2", string.Join('|', FilledFields.Rows(fields[0], new Dictionary<string, string>()).Single().Values));
        var typed = new Dictionary<string, string>
        {
            ["needs.0.id"] = "n-1", ["needs.0.quantity"] = "16", ["needs.0.pathways"] = "M1\nM2", ["needs.0.dueOn"] = " ", ["needs.3.id"] = "n-2", ["needs.1.id"] = " ", ["needs.x.id"] = "no row",
            ["scores.life"] = "4", ["tasks"] = "Cooking", ["attempts"] = "2026-03-05 09:30"
        };
        Assert.Equal("n-1", FilledFields.Rows(fields[0], typed)[0]["id"]);
        Assert.Equal(
            """{"needs":[{"id":"n-1","quantity":16,"pathways":["M1","M2"]},{"id":"n-2"}],"scores":{"life":4},"tasks":["Cooking"],"attempts":["2026-03-05T09:30:00+08:00"]}""",
            JsonSerializer.Serialize(FilledFields.Data(fields, typed), FlowJson.Options));
    }

    [Fact]
    public void Every_role_of_a_key_for_people_has_a_role_of_tasks() =>
        Assert.Empty(Roles.OfPeople.Select(Roles.InTasks).Except(Relief.Flow.Activities.Staff.ReliefRoles.All));

    private async Task<string> OpenTask(string caseId) =>
        Assert.Single((await (await _host.Client.GetAsync("/api/v1/tasks?state=Open")).Is(HttpStatusCode.OK)).Items(), task => task.Text("subject") == "case:" + caseId).Text("id")!;

    private static object Application(string idNumber = "999999194705120001", string birthDate = "1947-05-12") => new
    {
        countyCode = "999900", channel = "window", applicantName = "张某某", category = "Dibao", itemCodes = new[] { "home-care" }, wording = "需要照料",
        papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
        person = new { idNumber, name = "张某某", sex = "M", birthDate, areaCode = "99990101" }
    };

    private async Task<string> Waiting(string role, string unit, params string[] excluded)
    {
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/asking/instances", new { input = new { role, unit, excluded } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        return Assert.Single((await (await _host.Client.GetAsync($"/api/v1/tasks?instanceId={started.Text("instanceId")}")).Is(HttpStatusCode.OK)).Items()).Text("id")!;
    }
}
