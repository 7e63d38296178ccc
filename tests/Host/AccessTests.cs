using System.Net;
using System.Net.Http.Json;

namespace Relief.Flow.Tests.Host;

public sealed class AccessTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task Without_a_key_nothing_but_health_and_the_documentation_answers()
    {
        var nobody = _host.With(null);
        var refused = await nobody.GetAsync("/api/v1/instances");
        await refused.Refuses(HttpStatusCode.Unauthorized, "auth.required");
        Assert.Equal("ApiKey", refused.Headers.WwwAuthenticate.Single().Scheme);
        await (await nobody.GetAsync("/elsa/api/workflow-definitions")).Refuses(HttpStatusCode.Unauthorized, "auth.required");

        foreach (var open in new[] { "/health/live", "/health/ready", "/openapi/v1.json", "/docs" })
            Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync(open)).StatusCode);
    }

    [Theory]
    [InlineData("auditor", "GET", "/api/v1/instances", 200)]
    [InlineData("auditor", "POST", "/api/v1/pathways/straight/instances", 403)]
    [InlineData("auditor", "GET", "/api/v1/keys", 403)]
    [InlineData("app", "POST", "/api/v1/pathways/straight/instances", 202)]
    [InlineData("app", "POST", "/api/v1/definitions/straight/publish", 403)]
    [InlineData("app", "POST", "/api/v1/instances/00000000-0000-0000-0000-000000000001/cancel", 403)]
    [InlineData("operator", "POST", "/api/v1/instances/00000000-0000-0000-0000-000000000001/cancel", 404)]
    [InlineData("operator", "POST", "/api/v1/definitions/straight/publish", 403)]
    [InlineData("designer", "POST", "/api/v1/definitions/straight/publish", 200)]
    [InlineData("designer", "POST", "/api/v1/pathways/straight/instances", 403)]
    [InlineData("surveyor", "GET", "/api/v1/tasks", 200)]
    [InlineData("surveyor", "POST", "/api/v1/pathways/straight/instances", 403)]
    [InlineData("admin", "GET", "/api/v1/keys", 200)]
    public async Task Each_role_may_do_its_own(string role, string method, string address, int status)
    {
        var client = await _host.WithRoles(role);
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method == "POST")
            request.Content = Answers.Body("{}");
        Assert.Equal(status, (int)(await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Only_applications_act_for_people()
    {
        var auditor = await _host.WithRoles("auditor");
        auditor.DefaultRequestHeaders.Add("X-Acting-User", "staff-1");
        await (await auditor.GetAsync("/api/v1/instances")).Refuses(HttpStatusCode.Forbidden, "auth.actingForbidden");

        var app = await _host.WithRoles("app");
        app.DefaultRequestHeaders.TryAddWithoutValidation("X-Acting-User", "no staff id");
        await (await app.GetAsync("/api/v1/instances")).Refuses(HttpStatusCode.Forbidden, "auth.actingForbidden");
    }

    [Fact]
    public async Task A_revoked_and_an_expired_key_are_refused()
    {
        var made = await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { name = "short-lived", roles = new[] { "auditor" } })).Is(HttpStatusCode.Created);
        var client = _host.With(made.Text("secret"));
        await (await client.GetAsync("/api/v1/instances")).Is(HttpStatusCode.OK);

        await (await _host.Client.DeleteAsync($"/api/v1/keys/{made.GetProperty("key").Text("id")}")).Is(HttpStatusCode.NoContent);
        await (await client.GetAsync("/api/v1/instances")).Refuses(HttpStatusCode.Unauthorized, "auth.required");

        var expired = await (await _host.Client.PostAsJsonAsync(
            "/api/v1/keys", new { name = "expired", roles = new[] { "auditor" }, expiresAt = "2020-01-01T00:00:00Z" })).Is(HttpStatusCode.Created);
        await (await _host.With(expired.Text("secret")).GetAsync("/api/v1/instances")).Refuses(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_key_needs_a_free_name_and_known_roles_and_its_secret_is_never_listed()
    {
        var problem = await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { roles = new[] { "king" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["name", "roles"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));

        var made = await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { name = "taken", roles = new[] { "app" } })).Is(HttpStatusCode.Created);
        await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { name = "taken", roles = new[] { "app" } })).Refuses(HttpStatusCode.Conflict, "key.nameTaken");
        Assert.DoesNotContain(made.Text("secret")!, await _host.Client.GetStringAsync("/api/v1/keys"), StringComparison.Ordinal);
    }
}
