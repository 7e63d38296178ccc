using System.Net;

namespace Relief.Flow.Tests.Host;

public sealed class DefinitionsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task What_was_imported_comes_out_unchanged()
    {
        var answer = await _host.Client.GetAsync("/api/v1/definitions/wait-and-look");
        Assert.Equal(Sketches.WaitAndLook, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_draft_is_not_started_before_it_is_published()
    {
        var draft = Sketches.Straight.Replace("\"straight\"", "\"drafted\"", StringComparison.Ordinal);
        var imported = await (await _host.Client.PostAsync("/api/v1/definitions/import", Answers.Body(draft))).Is(HttpStatusCode.OK);
        Assert.False(imported.GetProperty("isPublished").GetBoolean());
        await (await Start("drafted")).Refuses(HttpStatusCode.NotFound, "definition.notFound");

        await (await _host.Client.PostAsync("/api/v1/definitions/drafted/publish", null)).Is(HttpStatusCode.OK);
        await (await Start("drafted")).Is(HttpStatusCode.Accepted);

        await (await _host.Client.PostAsync("/api/v1/definitions/drafted/retract", null)).Is(HttpStatusCode.NoContent);
        await (await Start("drafted")).Refuses(HttpStatusCode.NotFound, "definition.notFound");
    }

    [Fact]
    public async Task What_is_no_JSON_is_400_and_what_is_no_definition_is_422_with_its_problems()
    {
        await (await _host.Client.PostAsync("/api/v1/definitions/import", Answers.Body("{ \"root\": "))).Refuses(HttpStatusCode.BadRequest, "definition.malformed");
        var problem = await (await _host.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body("{}"))).Refuses(HttpStatusCode.UnprocessableEntity, "definition.invalid");
        Assert.Contains(problem.GetProperty("problems").EnumerateArray(), one => one.Text("code") == "definition.missingRoot");
    }

    [Fact]
    public async Task Checking_tells_the_problems_and_stores_nothing()
    {
        var unknown = Sketches.Straight.Replace("Elsa.WriteLine", "Elsa.Nothing", StringComparison.Ordinal).Replace("\"straight\"", "\"checked\"", StringComparison.Ordinal);
        var told = await (await _host.Client.PostAsync("/api/v1/definitions/validate", Answers.Body(unknown))).Is(HttpStatusCode.OK);

        Assert.NotEmpty(told.GetProperty("problems").EnumerateArray());
        await (await _host.Client.GetAsync("/api/v1/definitions/checked?version=latest")).Refuses(HttpStatusCode.NotFound, "definition.notFound");
    }

    [Fact]
    public async Task The_list_shows_the_latest_versions()
    {
        var list = await (await _host.Client.GetAsync("/api/v1/definitions?search=wait-and")).Is(HttpStatusCode.OK);
        Assert.Equal("wait-and-look", Assert.Single(list.Items()).Text("definitionId"));
    }

    private Task<HttpResponseMessage> Start(string definitionId) =>
        _host.Client.PostAsync($"/api/v1/pathways/{definitionId}/instances", Answers.Body("{}"));
}
