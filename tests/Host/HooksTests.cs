using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;

namespace Relief.Flow.Tests.Host;

/// <summary>Requests to <c>/workflows/…</c>: what was drawn takes them and answers.</summary>
public sealed class HooksTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_request_starts_an_instance_and_gets_what_it_answers()
    {
        await _host.Publish(Endpoint("greet", "greet/{name}", "POST", answer: "({ hello: getOutputFrom('in', 'RouteData').name, n: getOutputFrom('in', 'ParsedContent').n, q: getOutputFrom('in', 'QueryStringData').q })"));

        var answer = await _host.Client.PostAsync("/workflows/Greet/Ada?q=7", Answers.Body("""{ "n": 3 }"""));

        var body = await answer.Is(HttpStatusCode.Created);
        Assert.Equal(("Ada", "3", "7"), (body.Text("hello"), body.Text("n"), body.Text("q")));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("yes", answer.Headers.GetValues("X-Made").Single());
        Assert.Equal("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_repeat_with_its_key_starts_nothing_and_gets_the_first_answer()
    {
        await _host.Publish(Endpoint("once", "once", "POST", answer: "({ id: getOutputFrom('in', 'Result').requestId })"));

        var first = await (await Keyed("once-1", """{ "a": 1 }""")).Is(HttpStatusCode.Created);
        var again = await Keyed("once-1", """{"a":1}""");

        Assert.Equal(first.ToString(), (await again.Is(HttpStatusCode.Created)).ToString());
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        await (await Keyed("once-1", """{ "a": 2 }""")).Refuses(HttpStatusCode.Conflict, "idempotency.keyReused");
        Assert.Single((await (await _host.Client.GetAsync("/api/v1/instances?definitionId=once")).Json()).Items());

        Task<HttpResponseMessage> Keyed(string key, string body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/once") { Content = Answers.Body(body) };
            request.Headers.Add("Idempotency-Key", key);
            return _host.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Only_an_endpoint_that_says_so_is_open_to_everybody()
    {
        await _host.Publish(Endpoint("guarded", "guarded", "GET"));
        await _host.Publish(Endpoint("operated", "operated", "GET", node => node["policy"] = Drawn.Literal("operate")));
        await _host.Publish(Endpoint("open", "open", "GET", node => node["authorize"] = Drawn.Literal(false)));
        var nobody = _host.With(null);
        var app = await _host.WithRoles("app");

        await (await nobody.GetAsync("/workflows/guarded")).Refuses(HttpStatusCode.Unauthorized, "auth.required");
        await (await nobody.GetAsync("/workflows/open")).Is(HttpStatusCode.Created);
        await (await app.GetAsync("/workflows/guarded")).Is(HttpStatusCode.Created);
        await (await app.GetAsync("/workflows/operated")).Refuses(HttpStatusCode.Forbidden, "auth.forbidden");
        await (await _host.Client.GetAsync("/workflows/operated")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_request_that_nobody_takes_is_not_found()
    {
        await _host.Publish(Endpoint("mine", "mine", "POST"));

        await (await _host.Client.GetAsync("/workflows/mine")).Refuses(HttpStatusCode.NotFound, "hook.notFound");
        await (await _host.Client.PostAsync("/workflows/mine/else", null)).Refuses(HttpStatusCode.NotFound, "hook.notFound");
        await (await _host.Client.GetAsync("/workflows/a/b/c/d/e/f/g/h/i/j/k/l/m/n")).Refuses(HttpStatusCode.NotFound, "hook.notFound");
    }

    [Fact]
    public async Task Two_definitions_cannot_take_the_same_requests()
    {
        await _host.Publish(Endpoint("first-come", "desk/{id}", "POST"));

        var refused = await _host.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(Endpoint("late-comer", "Desk/{number}", "POST")));

        var problem = await refused.Refuses(HttpStatusCode.UnprocessableEntity, "definition.invalid");
        Assert.Contains("first-come", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_too_large_or_not_JSON_are_refused()
    {
        await _host.Publish(Endpoint("small", "small", "POST", node => node["requestSizeLimit"] = Drawn.Literal(10)));

        await (await _host.Client.PostAsync("/workflows/small", Answers.Body("""{ "a": "much too long" }"""))).Refuses(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
        await (await _host.Client.PostAsync("/workflows/small", Answers.Body("{"))).Refuses(HttpStatusCode.BadRequest, "request.malformed");
    }

    [Fact]
    public async Task A_request_ends_the_wait_of_a_running_instance_and_is_answered()
    {
        await _host.Publish(Sequence("asks-twice", Node("wait", "two/{id}"), Respond("in2", "getOutputFrom('wait', 'RouteData').id")));
        var one = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/asks-twice/instances", new { correlationId = "h-1", input = new { } })).Is(HttpStatusCode.Accepted);
        await _host.Client.PostAsJsonAsync("/api/v1/pathways/asks-twice/instances", new { correlationId = "h-2", input = new { } });

        await (await _host.With(null).PostAsync("/workflows/two/5?correlationId=h-1", null)).Refuses(HttpStatusCode.Unauthorized, "auth.required");
        await (await _host.Client.PostAsync("/workflows/two/5", null)).Refuses(HttpStatusCode.Conflict, "hook.ambiguous");
        Assert.Equal("5", await (await _host.Client.PostAsync("/workflows/two/5?correlationId=h-1", null)).Content.ReadAsStringAsync());

        var ended = await (await _host.Client.GetAsync($"/api/v1/instances/{one.Text("instanceId")}")).Json();
        Assert.Equal("Finished", ended.GetProperty("summary").Text("status"));
        await (await _host.Client.PostAsync("/workflows/two/5?correlationId=h-1", null)).Refuses(HttpStatusCode.NotFound, "hook.notFound");
    }

    [Fact]
    public async Task Without_an_answer_the_caller_hears_how_the_instance_stands()
    {
        await _host.Publish(Sequence("silent", Node("in", "silent", start: true), new JsonObject { ["id"] = "d", ["type"] = "Elsa.Delay", ["timeSpan"] = Drawn.Literal("1.00:00:00") }));

        var waiting = await (await _host.Client.PostAsync("/workflows/silent", null)).Is(HttpStatusCode.Accepted);

        Assert.Equal("Waiting", waiting.Text("status"));
        Assert.True(Guid.TryParse(waiting.Text("instanceId"), out _));
    }

    [Fact]
    public async Task A_singleton_refuses_the_second_request_and_names_the_first()
    {
        await _host.Publish(Sequence("lone", Node("in", "lone", start: true), new JsonObject { ["id"] = "d", ["type"] = "Elsa.Delay", ["timeSpan"] = Drawn.Literal("1.00:00:00") })
            .Replace("\"name\":\"lone\"", "\"name\":\"lone\",\"options\":{\"activationStrategyType\":\"Singleton\"}", StringComparison.Ordinal));
        var first = await (await _host.Client.PostAsync("/workflows/lone", null)).Is(HttpStatusCode.Accepted);

        var refused = await (await _host.Client.PostAsync("/workflows/lone", null)).Refuses(HttpStatusCode.Conflict, "start.notActivated");

        Assert.Equal(first.Text("instanceId"), refused.Text("instanceId"));
    }

    [Theory]
    [InlineData("/workflows/definitions/abc/edit", "/studio/workflows/definitions/abc/edit")]
    [InlineData("/workflows/instances/12/view?x=1", "/studio/workflows/instances/12/view?x=1")]
    public async Task The_designers_own_links_lead_to_it(string link, string to)
    {
        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };

        var answer = await plain.GetAsync(link);

        Assert.Equal((HttpStatusCode.Redirect, to), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    private static string Endpoint(string id, string path, string method, Action<JsonObject>? change = null, string answer = "({ ok: true })")
    {
        var node = Node("in", path, start: true, method);
        change?.Invoke(node);
        return Sequence(id, node, Respond("out", answer, 201));
    }

    private static JsonObject Node(string id, string path, bool start = false, string method = "POST") => new()
    {
        ["id"] = id, ["type"] = "Elsa.HttpEndpoint", ["path"] = Drawn.Literal(path), ["supportedMethods"] = Drawn.Literal($"[\"{method}\"]"),
        ["customProperties"] = new JsonObject { ["canStartWorkflow"] = start }
    };

    private static JsonObject Respond(string id, string content, int status = 200) => new()
    {
        ["id"] = id, ["type"] = "Elsa.WriteHttpResponse", ["statusCode"] = Drawn.Literal(status), ["content"] = Drawn.Script(content),
        ["contentType"] = Drawn.Literal("application/json"), ["responseHeaders"] = Drawn.Literal("{\"X-Made\":\"yes\",\"Set-Cookie\":\"a=b\"}")
    };

    private static string Sequence(string id, params JsonObject[] activities) =>
        Drawn.Envelope(new JsonObject { ["id"] = "seq", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray([.. activities]) }, definitionId: id);
}
