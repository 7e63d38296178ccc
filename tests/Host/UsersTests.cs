using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Host;

/// <summary>People sign in with a password that only they know; who guesses is shut out, who is disabled is out at once.</summary>
public abstract class UsersTests(StorageKind kind) : IAsyncLifetime
{
    private const string Good = "correct horse battery staple";

    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = kind == StorageKind.Sqlite ? await TestHost.OnSqlite() : await TestHost.OnPostgres(await PostgresTemplate.Copy());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_first_password_only_opens_the_page_that_changes_it()
    {
        var (_, first) = await Make("S-7", "operator");
        var browser = Browser();
        var asked = await SignIn(browser, "S-7", first);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("name=\"again\"", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/studio/sign-in", (await browser.GetAsync("/console")).RequestMessage!.RequestUri!.AbsolutePath);

        Assert.Equal("/console", (await Change(browser, "S-7", first, Good)).RequestMessage!.RequestUri!.AbsolutePath);
        var page = await browser.GetStringAsync("/console");
        Assert.Contains("S-7", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(Browser(), "S-7", first)).StatusCode);
        Assert.Equal("/console", (await SignIn(Browser(), "S-7", Good)).RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData("short", "short", "12 至 200")]
    [InlineData("S-8 is my password", "S-8 is my password", "不能含有用户名")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaa", "至少 5 种")]
    [InlineData(Good, "correct horse battery stapler", "不一致")]
    public async Task A_password_that_will_not_do_is_refused_with_the_reason(string password, string again, string says)
    {
        var (_, first) = await Make("S-8", "surveyor");
        var refused = await Change(Browser(), "S-8", first, password, again);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(says, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_shut_the_right_one_out_too_until_an_administrator_opens_it()
    {
        var id = await Ready("S-9", "operator");
        var wrong = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => SignIn(Browser(), "S-9", "wrong password " + number)));
        Assert.All(wrong, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        var right = await SignIn(Browser(), "S-9", Good);
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Contains("15 分钟", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True((await One(id)).TryGetProperty("lockedUntil", out _));

        var reset = await (await _host.Client.PostAsync($"/api/v1/users/{id}/password", null)).Is(HttpStatusCode.OK);
        Assert.Equal("/console", (await Change(Browser(), "S-9", reset.Text("firstPassword")!, Good + "!")).RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_like_a_wrong_password()
    {
        await Ready("S-10", "operator");
        var unknown = await (await SignIn(Browser(), "nobody", Good)).Content.ReadAsStringAsync();
        var wrong = await (await SignIn(Browser(), "S-10", "something else entirely")).Content.ReadAsStringAsync();
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task Who_is_disabled_or_whose_session_is_ended_is_out_at_once()
    {
        var id = await Ready("S-11", "operator");
        var browser = Browser();
        await SignIn(browser, "S-11", Good);
        var session = (await (await _host.Client.GetAsync("/api/v1/sessions")).Json()).Items().First(one => one.Text("name") == "S-11");
        Assert.Equal("True", session.Text("isPerson"));
        await (await _host.Client.DeleteAsync($"/api/v1/sessions/{session.Text("id")}")).Is(HttpStatusCode.NoContent);
        await (await _host.Client.DeleteAsync($"/api/v1/sessions/{session.Text("id")}")).Refuses(HttpStatusCode.NotFound, "session.notFound");
        Assert.Equal("/studio/sign-in", (await browser.GetAsync("/console")).RequestMessage!.RequestUri!.AbsolutePath);

        await SignIn(browser, "S-11", Good);
        Assert.Equal("/console", (await browser.GetAsync("/console")).RequestMessage!.RequestUri!.AbsolutePath);
        await (await _host.Client.DeleteAsync($"/api/v1/users/{id}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("/studio/sign-in", (await browser.GetAsync("/console")).RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(Browser(), "S-11", Good)).StatusCode);
        await (await _host.Client.DeleteAsync($"/api/v1/users/{id}")).Refuses(HttpStatusCode.NotFound, "user.notFound");
    }

    [Fact]
    public async Task A_users_own_name_is_recorded_and_a_foreign_page_writes_nothing()
    {
        await Ready("S-12", "admin");
        var browser = Browser();
        await SignIn(browser, "S-12", Good);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = JsonContent.Create(new { name = "planted", roles = new[] { "admin" } }) };
        foreign.Headers.Add("Origin", "https://elsewhere.example");
        await (await browser.SendAsync(foreign)).Refuses(HttpStatusCode.Unauthorized, "auth.required");

        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = JsonContent.Create(new { name = "wanted", roles = new[] { "app" } }) };
        own.Headers.Add("Origin", _host.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal("S-12", (await (await browser.SendAsync(own)).Is(HttpStatusCode.Created)).GetProperty("key").Text("createdBy"));
    }

    [Fact]
    public async Task Every_change_of_an_account_is_in_the_audit_trail_and_no_password()
    {
        var id = await Ready("S-13", "operator");
        await (await _host.Client.DeleteAsync($"/api/v1/users/{id}")).Is(HttpStatusCode.NoContent);

        await using var db = _host.Records.Reading();
        var events = await db.Set<AuditEvent>().Where(one => one.Subject == "user:S-13").OrderBy(one => one.Sequence).ToListAsync();
        Assert.Equal(["UserCreated", "PasswordChanged", "UserDisabled"], events.Select(one => one.What));
        Assert.DoesNotContain(events, one => one.Detail.Contains(Good, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":"two words","roles":["operator"]}""", "name")]
    [InlineData("""{"name":"S-14","roles":["king"]}""", "roles")]
    public async Task A_user_that_cannot_be_is_refused_by_field(string body, string field)
    {
        var refused = await (await _host.Client.PostAsync("/api/v1/users", Answers.Body(body))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.True(refused.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task An_administrator_makes_resets_and_ends_accounts_on_the_console()
    {
        using var client = _host.With(TestHost.AdminKey);
        var desk = new PageVisit(client);
        var (_, page) = await desk.Send(await desk.Open("/console/access"), "/console/access/users", ("name", "S-16"), ("role", "operator"));
        var first = Regex.Match(page, "<code>([^<]+)</code>").Groups[1].Value;
        Assert.Equal("/console", (await Change(Browser(), "S-16", first, Good)).RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("已有同名用户", (await desk.Send(page, "/console/access/users", ("name", "S-16"), ("role", "operator"))).Page, StringComparison.Ordinal);
        Assert.Contains("用户名只能含", (await desk.Send(page, "/console/access/users", ("name", "two words"), ("role", "operator"))).Page, StringComparison.Ordinal);

        var id = (await (await _host.Client.GetAsync("/api/v1/users")).Json()).Items().Single().Text("id");
        (_, page) = await desk.Send(await desk.Open("/console/access"), $"/console/access/users/{id}/password");
        Assert.NotEqual(first, Regex.Match(page, "<code>([^<]+)</code>").Groups[1].Value);
        (_, page) = await desk.Send(page, $"/console/access/users/{id}/end");
        Assert.Contains("已停用", page, StringComparison.Ordinal);

        Assert.Contains("无权访问", await new PageVisit(await _host.WithRoles("operator")).Open("/console/access", HttpStatusCode.Forbidden), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SendSealed("forged", "/console/access/users", ("name", "S-17"), ("role", "admin"))).Status);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await Make("S-15", "operator");
        await (await _host.Client.PostAsJsonAsync("/api/v1/users", new { name = "S-15", roles = new[] { "auditor" } })).Refuses(HttpStatusCode.Conflict, "user.nameTaken");
    }

    private HttpClient Browser() => new(new HttpClientHandler { UseCookies = true }) { BaseAddress = _host.Address };

    private static Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password) =>
        browser.PostAsync("/studio/sign-in", Form(("name", name), ("key", password), ("next", "/console")));

    private static Task<HttpResponseMessage> Change(HttpClient browser, string name, string old, string password, string? again = null) =>
        browser.PostAsync("/studio/password", Form(("name", name), ("old", old), ("new", password), ("again", again ?? password), ("next", "/console")));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private async Task<(string Id, string First)> Make(string name, string role)
    {
        var made = await (await _host.Client.PostAsJsonAsync("/api/v1/users", new { name, roles = new[] { role } })).Is(HttpStatusCode.Created);
        return (made.GetProperty("user").Text("id")!, made.Text("firstPassword")!);
    }

    private async Task<string> Ready(string name, string role)
    {
        var (id, first) = await Make(name, role);
        await Change(Browser(), name, first, Good);
        return id;
    }

    private async Task<JsonElement> One(string id) =>
        (await (await _host.Client.GetAsync("/api/v1/users")).Json()).Items().Single(one => one.Text("id") == id);

    public sealed class OnSqlite() : UsersTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : UsersTests(StorageKind.PostgreSql);
}
