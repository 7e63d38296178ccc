using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>催办, 抄送 and 代理 over REST and in the inbox: who may, what it shows, and what it never lets through.</summary>
public abstract class TaskVerbsTests(StorageKind kind) : IAsyncLifetime
{
    private ReliefDesk _desk = null!;
    private string _task = "";

    private TestHost Host => _desk.Host;

    [Fact]
    public async Task Who_is_away_has_a_deputy_who_does_their_tasks_under_their_own_name_until_it_ends()
    {
        await (await _desk.Posts("duty-1", $"tasks/{_task}/claim", new { })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        Assert.DoesNotContain(_task, await Inbox("duty-1"), StringComparison.Ordinal);

        var made = await (await Arranges("clerk-1", "duty-1", "2026-03-16", "2026-03-18")).Is(HttpStatusCode.Created);
        await (await Arranges("clerk-1", "clerk-2", "2026-03-18", "2026-03-20")).Refuses(HttpStatusCode.Conflict, "deputy.taken");
        Assert.Contains(_task, await Inbox("duty-1"), StringComparison.Ordinal);
        await (await _desk.Posts("duty-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        await (await _desk.Posts("duty-1", $"tasks/{_task}/release", new { })).Is(HttpStatusCode.OK);

        // A deputy's deputy is nobody's.
        await (await Arranges("duty-1", "volunteer-you", "2026-03-16", "2026-03-18")).Is(HttpStatusCode.Created);
        await (await _desk.Posts("volunteer-you", $"tasks/{_task}/claim", new { })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");

        await _desk.Decides("duty-1", "completeness", "Complete");
        Assert.Equal("duty-1", (await _desk.Get($"tasks/{_task}")).GetProperty("summary").Text("completedBy"));
        using var other = Host.With(TestHost.AdminKey, "clerk-2");
        await (await other.DeleteAsync($"/api/v1/deputies/{made.Text("id")}")).Refuses(HttpStatusCode.Forbidden, "deputy.notYours");
        using var own = Host.With(TestHost.AdminKey, "clerk-1");
        await (await own.DeleteAsync($"/api/v1/deputies/{made.Text("id")}")).Is(HttpStatusCode.NoContent);
        await (await own.DeleteAsync($"/api/v1/deputies/{made.Text("id")}")).Refuses(HttpStatusCode.NotFound, "deputy.notFound");
        var next = (await _desk.Task("classify")).Text("id");
        await (await _desk.Posts("duty-1", $"tasks/{next}/claim", new { })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        Assert.Equal(["DeputyArranged", "DeputyEnded"], (await _desk.List("audit?subject=staff:clerk-1")).Select(entry => entry.Text("what")!).Order());
    }

    [Fact]
    public async Task A_deputy_is_only_for_the_days_that_were_said_and_what_is_wrong_is_told()
    {
        await (await Arranges("clerk-1", "duty-1", "2026-03-18", "2026-03-19")).Is(HttpStatusCode.Created);
        await (await _desk.Posts("duty-1", $"tasks/{_task}/claim", new { })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");

        foreach (var (deputy, from, to) in new[] { ("clerk-1", "2026-04-01", "2026-04-02"), ("nobody-here", "2026-04-01", "2026-04-02"), ("duty-1", "2026-04-02", "2026-04-01"), ("duty-1", "2026-01-01", "2026-01-02"), ("duty-1", "2026-04-01", "2026-08-01") })
            await (await Arranges("clerk-1", deputy, from, to)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _desk.Posts("clerk-1", "deputies", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _desk.Posts("clerk-2", "deputies", new { staff = "clerk-1", deputy = "duty-1", from = "2026-05-01", to = "2026-05-02", reason = "休假" })).Refuses(HttpStatusCode.Forbidden, "deputy.notYours");
        using var app = await Host.WithRoles("app");
        await (await app.GetAsync("/api/v1/deputies?staff=clerk-1")).Refuses(HttpStatusCode.Forbidden, "deputy.notYours");
        await (await app.GetAsync("/api/v1/deputies")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");

        // Of two at once one is arranged.
        var both = await Task.WhenAll(Arranges("clerk-2", "duty-1", "2026-05-01", "2026-05-02"), Arranges("clerk-2", "clerk-1", "2026-05-02", "2026-05-03"));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], both.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task What_is_urged_is_urgent_and_one_person_urges_once_in_four_hours()
    {
        await (await _desk.Posts("clerk-b", $"tasks/{_task}/urge", new { note = "快" })).Refuses(HttpStatusCode.NotFound, "task.notFound");
        await (await _desk.Posts("reviewer-li", $"tasks/{_task}/urge", new { note = new string('急', 201) })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _desk.Posts("reviewer-li", $"tasks/{_task}/urge", new { note = "群众等候" })).Is(HttpStatusCode.NoContent);
        await (await _desk.Posts("reviewer-li", $"tasks/{_task}/urge", new { note = "群众等候" })).Refuses(HttpStatusCode.Conflict, "task.urgedAlready");
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/urge", new { })).Is(HttpStatusCode.NoContent);
        var task = await _desk.Get($"tasks/{_task}");
        Assert.Equal(80, task.GetProperty("summary").GetProperty("priority").GetInt32());
        Assert.Equal(["reviewer-li", "clerk-2"], task.GetProperty("events").EnumerateArray().Where(line => line.Text("verb") == "Urge").Select(line => line.Text("by")));
        Assert.Contains("急", await Inbox("clerk-1"), StringComparison.Ordinal);

        await _desk.Until(On(3, 16, 14));
        await (await _desk.Posts("reviewer-li", $"tasks/{_task}/urge", new { })).Is(HttpStatusCode.NoContent);

        // A repeat of the decision is still known as one, and what has ended is not urged.
        await _desk.Decides("clerk-1", "completeness", "Complete");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/complete", new { outcome = "Complete", data = new { } })).Is(HttpStatusCode.OK);
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/urge", new { })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
    }

    [Fact]
    public async Task Who_is_let_read_a_task_reads_it_and_does_nothing_else()
    {
        using var reader = Host.With(TestHost.AdminKey, "clerk-b");
        await (await reader.GetAsync($"/api/v1/tasks/{_task}")).Refuses(HttpStatusCode.NotFound, "task.notFound");
        foreach (var wrong in new[] { [], new[] { "no id" }, ["nobody-here"] })
            await (await _desk.Posts("clerk-1", $"tasks/{_task}/copies", new { to = wrong })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/copies", new { to = new[] { "clerk-b", "reviewer-li" } })).Is(HttpStatusCode.NoContent);
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/copies", new { to = new[] { "clerk-b" } })).Is(HttpStatusCode.NoContent);

        var read = await (await reader.GetAsync($"/api/v1/tasks/{_task}")).Is(HttpStatusCode.OK);
        Assert.Equal(2, read.GetProperty("events").EnumerateArray().Count(line => line.Text("verb") == "Copy"));
        await (await _desk.Posts("clerk-b", $"tasks/{_task}/claim", new { })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        var desk = new PageVisit(reader);
        Assert.Contains(_task, await desk.Open("/tasks?show=copies"), StringComparison.Ordinal);
        var page = await desk.Open($"/tasks/{_task}");
        Assert.Contains("供您阅知或会签", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/tasks/{_task}/claim", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_task, await Inbox("clerk-b"), StringComparison.Ordinal);
        await (await reader.GetAsync($"/api/v1/cases/{_desk.CaseId}")).Refuses(HttpStatusCode.NotFound, "case.notFound");
    }

    [Fact]
    public async Task Others_sign_before_a_task_is_decided_all_any_or_in_turn()
    {
        object Asked(string mode, params string[] staff) => new { staff, mode };
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/signers", Asked("All", "clerk-2"))).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        foreach (var wrong in new[] { Asked("All"), Asked("All", "clerk-1"), Asked("All", "nobody-here"), new { staff = new[] { "clerk-2" } } })
            await (await _desk.Posts("clerk-1", $"tasks/{_task}/signers", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(HttpStatusCode.BadRequest, (await _desk.Posts("clerk-1", $"tasks/{_task}/signers", Asked("Most", "clerk-2"))).StatusCode);
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/signers", Asked("All", "reviewer-li"))).Refuses(HttpStatusCode.Conflict, "task.wrongState");

        await (await _desk.Posts("clerk-1", $"tasks/{_task}/signers", Asked("InTurn", "clerk-b", "reviewer-li", "duty-1"))).Is(HttpStatusCode.NoContent);
        var waits = await (await Completes("clerk-1")).Refuses(HttpStatusCode.Conflict, "task.waitsForSigners");
        Assert.Equal(["clerk-b", "reviewer-li", "duty-1"], waits.GetProperty("signers").EnumerateArray().Select(one => one.GetString()));
        await (await Signs("reviewer-li", true)).Refuses(HttpStatusCode.Conflict, "task.notYourTurn");
        await (await Signs("clerk-2", true)).Refuses(HttpStatusCode.Conflict, "task.notYourTurn");
        await (await Signs("clerk-b", false)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Signs("clerk-b", false, "材料不清")).Is(HttpStatusCode.NoContent);
        await (await Signs("clerk-b", true)).Refuses(HttpStatusCode.Conflict, "task.notYourTurn");

        var desk = new PageVisit(Host.With(TestHost.AdminKey, "reviewer-li"));
        Assert.Contains(_task, await desk.Open("/tasks?show=copies"), StringComparison.Ordinal);
        var (_, page) = await desk.Send(await desk.Open($"/tasks/{_task}"), $"/tasks/{_task}/sign", ("agrees", "yes"), ("note", "同意受理"));
        Assert.Contains("同意受理", page, StringComparison.Ordinal);
        Assert.Contains("材料不清", page, StringComparison.Ordinal);

        using var holder = Host.With(TestHost.AdminKey, "clerk-1");
        await (await holder.DeleteAsync($"/api/v1/tasks/{_task}/signers/clerk-b")).Refuses(HttpStatusCode.Conflict, "task.signedAlready");
        await (await holder.DeleteAsync($"/api/v1/tasks/{_task}/signers/duty-1")).Is(HttpStatusCode.NoContent);
        await (await Completes("clerk-1")).Is(HttpStatusCode.OK);
        await (await Signs("duty-1", true)).Refuses(HttpStatusCode.Conflict, "task.notYourTurn");
        Assert.Equal([("clerk-b", "False"), ("reviewer-li", "True")], (await _desk.Get($"tasks/{_task}")).GetProperty("signers").EnumerateArray().Select(one => (one.Text("staff")!, one.Text("agrees")!)));
    }

    [Fact]
    public async Task What_is_entrusted_is_prepared_handed_back_and_decided_by_who_entrusted_it()
    {
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/entrust", new { to = "clerk-2", note = "请核对材料" })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        foreach (var wrong in new object[] { new { to = "clerk-2" }, new { note = "请核对材料" }, new { to = "clerk-1", note = "自己" } })
            await (await _desk.Posts("clerk-1", $"tasks/{_task}/entrust", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/entrust", new { to = "reviewer-li", note = "请核对材料" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/hand-back", new { note = "没有委派" })).Refuses(HttpStatusCode.Conflict, "task.notEntrusted");

        await (await _desk.Posts("clerk-1", $"tasks/{_task}/entrust", new { to = "clerk-2", note = "请核对材料" })).Is(HttpStatusCode.NoContent);
        Assert.Equal("clerk-1", (await _desk.Get($"tasks/{_task}")).GetProperty("entrusted").Text("by"));
        await (await Completes("clerk-2")).Refuses(HttpStatusCode.Conflict, "task.entrusted");
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/release", new { })).Refuses(HttpStatusCode.Conflict, "task.entrusted");
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/delegate", new { to = "clerk-1" })).Refuses(HttpStatusCode.Conflict, "task.entrusted");

        var desk = new PageVisit(Host.With(TestHost.AdminKey, "clerk-2"));
        var page = await desk.Open($"/tasks/{_task}");
        Assert.Contains("受 clerk-1 委派：请核对材料", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, $"/tasks/{_task}/hand-back", ("note", "材料齐全"));
        Assert.Contains("材料齐全", page, StringComparison.Ordinal);
        await (await _desk.Posts("clerk-2", $"tasks/{_task}/hand-back", new { note = "再交一次" })).Refuses(HttpStatusCode.Conflict, "task.notEntrusted");
        await (await Completes("clerk-1")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_signature_is_enough_where_any_will_do()
    {
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/claim", new { })).Is(HttpStatusCode.OK);
        await (await _desk.Posts("clerk-1", $"tasks/{_task}/signers", new { staff = new[] { "clerk-2", "reviewer-li" }, mode = "Any" })).Is(HttpStatusCode.NoContent);
        await (await Completes("clerk-1")).Refuses(HttpStatusCode.Conflict, "task.waitsForSigners");
        var both = await Task.WhenAll(Signs("reviewer-li", true), Signs("reviewer-li", true));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], both.Select(answer => answer.StatusCode).Order());
        await (await Completes("clerk-1")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task In_the_inbox_a_deputy_is_arranged_a_task_urged_and_copied()
    {
        var desk = new PageVisit(Host.With(TestHost.AdminKey, "clerk-1"));
        var page = await desk.Open("/tasks/deputies");
        (string, string)[] Deputy(string to) => [("deputy", "duty-1"), ("from", "2026-03-16"), ("to", to), ("reason", "休假")];
        var (refused, told) = await desk.Send(page, "/tasks/deputies", Deputy("2026-03-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("请填写截止日期", told, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, "/tasks/deputies", Deputy("2026-03-20"));
        Assert.Contains("duty-1 代我办理", page, StringComparison.Ordinal);
        Assert.Contains("我代 clerk-1 办理", await new PageVisit(Host.With(TestHost.AdminKey, "duty-1")).Open("/tasks/deputies"), StringComparison.Ordinal);
        var end = System.Text.RegularExpressions.Regex.Match(page, "action=\"(/tasks/deputies/[^\"]+/end)\"").Groups[1].Value;
        (_, page) = await desk.Send(page, end);
        Assert.Contains("没有安排", page, StringComparison.Ordinal);

        page = await desk.Open($"/tasks/{_task}");
        (_, page) = await desk.Send(page, $"/tasks/{_task}/urge", ("note", "群众等候"));
        Assert.Contains("群众等候", page, StringComparison.Ordinal);
        (refused, told) = await desk.Send(page, $"/tasks/{_task}/urge", ("note", "群众等候"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("四小时内已催办过", told, StringComparison.Ordinal);
        (refused, told) = await desk.Send(page, $"/tasks/{_task}/copies", ("to", "nobody-here"));
        Assert.Contains("请填写在册人员的编号", told, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, $"/tasks/{_task}/copies", ("to", "clerk-b，reviewer-li"));
        Assert.Contains("抄送", page, StringComparison.Ordinal);
        Assert.Contains(_task, await new PageVisit(Host.With(TestHost.AdminKey, "reviewer-li")).Open("/tasks?show=copies"), StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        _desk = await ReliefDesk.On(kind);
        await _desk.Until(On(3, 16, 9));
        await _desk.Applies(Applicant.Zhang, "nursing");
        _task = (await _desk.Task("completeness")).Text("id")!;
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    private Task<HttpResponseMessage> Completes(string by) => _desk.Posts(by, $"tasks/{_task}/complete", new { outcome = "Complete", data = new { } });

    private Task<HttpResponseMessage> Signs(string by, bool agrees, string? note = null) => _desk.Posts(by, $"tasks/{_task}/sign", new { agrees, note });

    private Task<HttpResponseMessage> Arranges(string staff, string deputy, string from, string to) => _desk.Posts(staff, "deputies", new { deputy, from, to, reason = "休假" });

    private async Task<string> Inbox(string staff) => await new PageVisit(Host.With(TestHost.AdminKey, staff)).Open("/tasks?show=open");

    public sealed class OnSqlite() : TaskVerbsTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : TaskVerbsTests(StorageKind.PostgreSql);
}
