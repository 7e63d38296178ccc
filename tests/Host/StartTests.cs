using System.Net;
using System.Net.Http.Json;

namespace Relief.Flow.Tests.Host;

public sealed class StartTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Address = "/api/v1/pathways/wait-and-look/instances";
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_start_answers_with_an_instance_that_can_be_read()
    {
        var started = await (await _host.Client.PostAsJsonAsync(Address, new { correlationId = "c-1", businessKey = "b-1", input = new { caseId = "x" } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");

        var found = await (await _host.Client.GetAsync($"/api/v1/instances/{started.Text("instanceId")}")).Is(HttpStatusCode.OK);
        Assert.Equal("Waiting", found.GetProperty("summary").Text("status"));
        Assert.Equal("b-1", found.GetProperty("summary").Text("businessKey"));
        Assert.Equal("bootstrap", found.GetProperty("summary").Text("startedBy"));
        Assert.Equal("go", Assert.Single(found.GetProperty("bookmarks").EnumerateArray()).Text("key"));
    }

    [Fact]
    public async Task The_same_key_and_body_start_nothing_twice()
    {
        var key = Guid.NewGuid().ToString();
        var first = await (await Send(key, """{ "correlationId": "c-2", "input": { "caseId": "x" } }""")).Is(HttpStatusCode.Accepted);
        var again = await Send(key, """{"input":{"caseId":"x"},"correlationId":"c-2"}""");

        Assert.Equal(first.Text("instanceId"), (await again.Is(HttpStatusCode.Accepted)).Text("instanceId"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Single((await (await _host.Client.GetAsync("/api/v1/instances?correlationId=c-2")).Json()).Items());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        await (await Send(key, """{ "input": { "caseId": "x" } }""")).Is(HttpStatusCode.Accepted);
        await (await Send(key, """{ "input": { "caseId": "y" } }""")).Refuses(HttpStatusCode.Conflict, "idempotency.keyReused");
    }

    [Fact]
    public async Task A_refused_start_is_not_remembered_so_that_it_can_be_mended()
    {
        var key = Guid.NewGuid().ToString();
        await (await Send(key, """{ "input": { } }""")).Refuses(HttpStatusCode.UnprocessableEntity, "input.invalid");
        await (await Send(key, """{ "input": { "caseId": "x" } }""")).Is(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task An_unknown_definition_is_not_found() =>
        await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/nowhere/instances", new { input = new { } })).Refuses(HttpStatusCode.NotFound, "definition.notFound");

    [Fact]
    public async Task Inputs_that_do_not_fit_are_told_field_by_field()
    {
        var problem = await (await _host.Client.PostAsync(Address, Answers.Body("""{ "input": { "days": "many" } }"""))).Refuses(HttpStatusCode.UnprocessableEntity, "input.invalid");

        var errors = problem.GetProperty("errors");
        Assert.True(errors.TryGetProperty("input.caseId", out _));
        Assert.True(errors.TryGetProperty("input.days", out _));
    }

    [Theory]
    [InlineData("""{ "input": """)]
    [InlineData("""not json""")]
    [InlineData("""{ "correlationId": 5 }""")]
    [InlineData("")]
    public async Task What_is_not_the_expected_JSON_is_refused_with_400(string body) =>
        await (await _host.Client.PostAsync(Address, Answers.Body(body))).Refuses(HttpStatusCode.BadRequest, "request.malformed");

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_413()
    {
        var large = $$"""{ "input": { "caseId": "{{new string('x', 30_000)}}" } }""";
        await (await _host.Client.PostAsync(Address, Answers.Body(large))).Refuses(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
        await (await Send("large", large)).Refuses(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused_with_415()
    {
        using var text = new StringContent("input");
        await (await _host.Client.PostAsync(Address, text)).Refuses(HttpStatusCode.UnsupportedMediaType, "request.notJson");
    }

    [Fact]
    public async Task A_person_whose_services_are_halted_gets_nothing_new()
    {
        await (await _host.Client.PostAsJsonAsync("/api/v1/halts", new { subjectId = "person-9", kind = "PersonDied" })).Is(HttpStatusCode.OK);
        await (await _host.Client.PostAsJsonAsync(Address, new { subjectId = "person-9", input = new { caseId = "x" } })).Refuses(HttpStatusCode.Conflict, "subject.halted");

        await (await _host.Client.DeleteAsync("/api/v1/halts/person-9")).Is(HttpStatusCode.NoContent);
        await (await _host.Client.PostAsJsonAsync(Address, new { subjectId = "person-9", input = new { caseId = "x" } })).Is(HttpStatusCode.Accepted);
    }

    private Task<HttpResponseMessage> Send(string key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = Answers.Body(body) };
        request.Headers.Add("Idempotency-Key", key);
        return _host.Client.SendAsync(request);
    }
}
