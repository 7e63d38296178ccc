using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

public sealed class SimulationsApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string At = "/api/v1/definitions/wait-and-look/simulations";

    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_version_is_played_and_its_coverage_painted()
    {
        var result = await (await _host.Client.PostAsJsonAsync(At, new { cases = 50, seed = 3, arrivalsPerDay = 4, staff = new { clerk = 1 } })).Is(HttpStatusCode.OK);
        Assert.Equal((50, 50), (result.GetProperty("cases").GetInt32(), result.GetProperty("finished").GetInt32()));
        Assert.Equal(2, result.GetProperty("activities").GetArrayLength());

        var painted = await _host.Client.PostAsJsonAsync(At + "/diagram", new { result });
        Assert.Equal("image/svg+xml", painted.Content.Headers.ContentType!.MediaType);
        Assert.Contains("模拟 50 件", await painted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_is_not_stored_can_be_played()
    {
        var draft = JsonElement.Parse(Sketches.ThreeDays);
        var result = await (await _host.Client.PostAsJsonAsync(At, new { draft, cases = 3 })).Is(HttpStatusCode.OK);
        Assert.Equal(72, result.GetProperty("duration").GetProperty("p50").GetDouble());
        await (await _host.Client.PostAsJsonAsync(At, new { draft = JsonElement.Parse("{}") })).Refuses(HttpStatusCode.UnprocessableEntity, "definition.invalid");
    }

    [Fact]
    public async Task A_kept_simulation_refuses_a_publish_that_breaks_it()
    {
        var drawn = Sketches.Straight.Replace("\"straight\"", "\"tested\"", StringComparison.Ordinal);
        await _host.Publish(drawn);
        var kept = new { plan = new { cases = 20 }, expectations = new { reached = new[] { "write" }, shares = Array.Empty<object>() } };
        await (await _host.Client.PutAsJsonAsync("/api/v1/definitions/tested/simulations/always%20written", kept)).Is(HttpStatusCode.OK);
        await _host.Publish(drawn.Replace("done", "still done", StringComparison.Ordinal));

        var broken = await _host.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(drawn.Replace("\"id\": \"write\"", "\"id\": \"other\"", StringComparison.Ordinal)));
        var refusal = await broken.Refuses(HttpStatusCode.UnprocessableEntity, "definition.invalid");
        Assert.Equal("definition.simulationFailed", refusal.GetProperty("problems")[0].Text("code"));

        Assert.Single((await (await _host.Client.GetAsync("/api/v1/definitions/tested/simulations")).Is(HttpStatusCode.OK)).Items());
        await (await _host.Client.DeleteAsync("/api/v1/definitions/tested/simulations/always%20written")).Is(HttpStatusCode.NoContent);
        await _host.Publish(drawn.Replace("\"id\": \"write\"", "\"id\": \"other\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_are_told_in_the_language_asked_for_with_the_way_to_the_editor()
    {
        var draft = Sketches.Straight.Replace("\"straight\"", "\"faulty\"", StringComparison.Ordinal).Replace("Elsa.WriteLine", "Elsa.Gone", StringComparison.Ordinal);
        await (await _host.Client.PostAsync("/api/v1/definitions/import", Answers.Body(draft))).Is(HttpStatusCode.OK);

        var problem = (await (await _host.Client.GetAsync("/api/v1/definitions/faulty/problems")).Is(HttpStatusCode.OK)).GetProperty("problems")[0];
        Assert.Equal(("write", "/studio/workflows/definitions/faulty/edit?activity=Workflow1%3Awrite"), (problem.Text("activityId"), problem.Text("editorLink")));
        Assert.Contains("不认识活动类型", problem.Text("message"), StringComparison.Ordinal);
        var english = (await (await _host.Client.GetAsync("/api/v1/definitions/faulty/problems?lang=en")).Is(HttpStatusCode.OK)).GetProperty("problems")[0];
        Assert.Contains("is not known", english.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_designers_keep_simulations()
    {
        var auditor = await _host.WithRoles("auditor");
        await (await auditor.PutAsJsonAsync(At + "/x", new { plan = new { }, expectations = new { } })).Is(HttpStatusCode.Forbidden);
        await (await auditor.PostAsJsonAsync(At, new { cases = 1 })).Is(HttpStatusCode.OK);
    }
}
