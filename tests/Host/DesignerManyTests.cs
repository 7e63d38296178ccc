using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>What the designer does to many at once: instances of a definition, instances of a time, definitions that are drawn in others, files.</summary>
public sealed class DesignerManyTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Elsa = "/elsa/api";
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task The_open_instances_of_a_version_or_of_a_definition_are_cancelled_and_no_others()
    {
        var id = $"many-{Guid.NewGuid():N}";
        await _host.Publish(Waits(id, "first"));
        await Start(id);
        await _host.Publish(Waits(id, "second"));
        await Start(id);
        await Start(id);
        var versions = (await Read($"workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}&OrderBy=Version")).Items();

        Assert.Equal(1, await Cancel(new { definitionVersionId = versions[0].Text("id") }));
        Assert.Equal(["Cancelled", "Suspended", "Suspended"], await SubStatuses(id));
        Assert.Equal(0, await Cancel(new { definitionId = id, versionOptions = "1" }));
        Assert.Equal(2, await Cancel(new { definitionId = id, versionOptions = (string?)null }));
        Assert.All(await SubStatuses(id), status => Assert.Equal("Cancelled", status));
        await (await _host.Client.PostAsJsonAsync($"{Elsa}/bulk-actions/cancel/workflow-instances", new { })).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Instances_are_found_by_when_they_began_and_ended()
    {
        var id = $"when-{Guid.NewGuid():N}";
        await _host.Publish(Waits(id, "first"));
        await Start(id);
        var one = Assert.Single(await Found(id)).GetProperty("createdAt").GetDateTimeOffset();

        Assert.Single(await Found(id, ("CreatedAt", "Is", one), ("UpdatedAt", "GreaterThanOrEqual", one)));
        Assert.Single(await Found(id, ("CreatedAt", "LessThan", one.AddSeconds(1)), ("FinishedAt", "IsNot", one)));
        Assert.Empty(await Found(id, ("CreatedAt", "IsNot", one)));
        Assert.Empty(await Found(id, ("CreatedAt", "GreaterThan", one)));
        Assert.Empty(await Found(id, ("FinishedAt", "LessThanOrEqual", one.AddYears(1))));
        await (await List(id, ("CreatedAt", "Near", one))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_draws_a_definition_is_moved_to_its_new_version_when_its_author_lets_it_or_somebody_asks()
    {
        var name = $"Part{Guid.NewGuid():N}"[..12];
        await _host.Publish(Part(name, "one", takesAlong: false));
        await _host.Publish(Whole($"{name}Middle", name, $"{name}:1", isPart: true));
        await _host.Publish(Whole($"{name}Outer", $"{name}Middle", $"{name}Middle:1"));

        await _host.Publish(Part(name, "two", takesAlong: false));
        Assert.Equal((1, 1), (await VersionOf($"{name}Middle"), await VersionOf($"{name}Outer")));
        var asked = await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/{name}/update-references", Answers.Body("{}"))).Is(HttpStatusCode.OK);
        Assert.Equal([$"{name}Middle", $"{name}Outer"], asked.GetProperty("affectedWorkflows").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal($"{name}:2", await PinOf($"{name}Middle"));
        Assert.Equal($"{name}Middle:2", await PinOf($"{name}Outer"));

        var model = JsonElement.Parse(Part(name, "three", takesAlong: true));
        var saved = await (await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions", new { model, publish = true })).Is(HttpStatusCode.OK);
        Assert.Equal(2, saved.GetProperty("consumingWorkflowCount").GetInt32());
        Assert.Equal($"{name}:3", await PinOf($"{name}Middle"));
        Assert.Equal((3, 3), (await VersionOf($"{name}Middle"), await VersionOf($"{name}Outer")));

        var zip = await _host.Client.GetByteArrayAsync($"{Elsa}/workflow-definitions/{name}/export?versionOptions=Published&includeConsumingWorkflows=True");
        using var packed = new ZipArchive(new MemoryStream(zip));
        Assert.Equal([$"{name}-v3.json", $"{name}Middle-v3.json", $"{name}Outer-v3.json"], packed.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_consumer_that_the_new_version_does_not_fit_stays_on_the_one_that_it_was_drawn_with()
    {
        var name = $"Part{Guid.NewGuid():N}"[..12];
        await _host.Publish(Part(name, "one", takesAlong: true));
        await _host.Publish(Whole($"{name}Whole", name, $"{name}:1"));

        await _host.Publish(Part(name, "two", takesAlong: true).Replace("\"inputs\": []", "\"inputs\": [{ \"name\": \"CaseId\", \"type\": \"String\", \"isRequired\": true }]", StringComparison.Ordinal));

        Assert.Equal((1, $"{name}:1"), (await VersionOf($"{name}Whole"), await PinOf($"{name}Whole")));
    }

    [Fact]
    public async Task A_file_that_is_not_taken_is_refused_with_what_is_wrong_and_where()
    {
        var name = $"Loop{Guid.NewGuid():N}"[..12];
        await _host.Publish(Whole(name, "", "", isPart: true));
        var file = Whole(name, name, $"{name}:1", isPart: true).Replace("\"activities\": [", """
            "activities": [{ "id": "gone", "type": "Acme.Gone", "version": 1 },
              { "id": "wait", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "soon" } } },
            """, StringComparison.Ordinal);

        var refused = await (await _host.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(file))).Refuses(HttpStatusCode.UnprocessableEntity, "definition.invalid");

        var told = refused.GetProperty("problems").EnumerateArray().Select(problem => (problem.Text("code"), problem.Text("activityId"))).ToArray();
        Assert.Contains(("definition.unknownActivity", "gone"), told);
        Assert.Contains(("definition.wrongValue", "wait"), told);
        Assert.Contains(("definition.cycle", "p"), told);
        var large = new string(' ', 50 * 1024 * 1024);
        foreach (var address in new[] { "/api/v1/definitions/import", "/api/v1/definitions/validate", $"{Elsa}/workflow-definitions/import", $"{Elsa}/workflow-definitions" })
        {
            // Asked before it is sent, so that no answer is lost while the rest still goes out.
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Answers.Body(large) };
            request.Headers.ExpectContinue = true;
            var tooLarge = await (await _host.Client.SendAsync(request)).Refuses(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
            Assert.False(string.IsNullOrEmpty(tooLarge.Text("detail")));
        }
    }

    [Fact]
    public async Task What_stopped_is_tried_again_and_taken_out_many_at_once()
    {
        await _host.Publish(Sketches.Broken.Replace("\"broken\"", "\"broken-many\"", StringComparison.Ordinal));
        await Start("broken-many");
        var id = Assert.Single(await Found("broken-many")).Text("id")!;
        var asked = new[] { id, Guid.NewGuid().ToString(), "none" };

        var retried = await (await _host.Client.PostAsJsonAsync($"{Elsa}/alterations/workflows/retry", new { workflowInstanceIds = asked })).Is(HttpStatusCode.OK);
        Assert.Equal([true, false, false], retried.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("isSuccessful").GetBoolean()));
        await _host.TimePasses("PT0S");
        var journal = (await Read($"workflow-instances/{id}/journal")).Items();
        Assert.Equal(2, journal.Count(entry => entry.Text("activityId") == "fail" && entry.Text("eventName") == "Faulted"));

        var zip = await (await _host.Client.PostAsJsonAsync($"{Elsa}/bulk-actions/export/workflow-instances", new { ids = asked })).Content.ReadAsByteArrayAsync();
        using var packed = new ZipArchive(new MemoryStream(zip));
        using var file = new StreamReader(Assert.Single(packed.Entries).Open());
        Assert.Equal("Faulted", JsonElement.Parse(await file.ReadToEndAsync()).Text("subStatus"));
    }

    [Fact]
    public async Task The_choices_of_an_input_are_given_again_when_another_input_changed()
    {
        var answer = await (await _host.Client.PostAsJsonAsync($"{Elsa}/descriptors/activities/Elsa.FlowJoin/options/Mode", new { context = new { } })).Is(HttpStatusCode.OK);
        Assert.Equal(3, answer.GetProperty("items").GetProperty("dropdown").GetProperty("selectList").GetProperty("items").GetArrayLength());
    }

    private static string Waits(string id, string text) => $$"""
        { "definitionId": "{{id}}", "name": "{{id}}", "description": "{{text}}", "root": { "id": "e", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "never-{{id}}" } } } }
        """;

    private static string Part(string name, string text, bool takesAlong) => $$"""
        { "definitionId": "{{name}}", "name": "{{name}}", "inputs": [], "options": { "usableAsActivity": true, "autoUpdateConsumingWorkflows": {{(takesAlong ? "true" : "false")}} },
          "root": { "id": "s", "type": "Elsa.Sequence", "version": 1, "activities": [
            { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } }] } }
        """;

    private static string Whole(string name, string part, string pin, bool isPart = false) => $$"""
        { "definitionId": "{{name}}", "name": "{{name}}", "options": { "usableAsActivity": {{(isPart ? "true" : "false")}} },
          "root": { "id": "s", "type": "Elsa.Sequence", "version": 1, "activities": [{{(part.Length == 0 ? "" : $$"""{ "id": "p", "type": "{{part}}", "version": 1, "workflowDefinitionId": "{{part}}", "workflowDefinitionVersionId": "{{pin}}" }""")}}] } }
        """;

    private async Task Start(string id)
    {
        await (await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/{id}/dispatch", new { })).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");
    }

    private async Task<int> Cancel(object what)
    {
        var told = await (await _host.Client.PostAsJsonAsync($"{Elsa}/bulk-actions/cancel/workflow-instances", what)).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");
        return told.GetProperty("cancelledCount").GetInt32();
    }

    private async Task<IEnumerable<string?>> SubStatuses(string id) => (await Found(id)).Select(instance => instance.Text("subStatus")).Order();

    private async Task<JsonElement[]> Found(string id, params (string Column, string Operator, DateTimeOffset Timestamp)[] filters) => (await (await List(id, filters)).Is(HttpStatusCode.OK)).Items();

    private Task<HttpResponseMessage> List(string id, params (string Column, string Operator, DateTimeOffset Timestamp)[] filters) => _host.Client.PostAsJsonAsync(
        $"{Elsa}/workflow-instances", new { definitionIds = new[] { id }, timestampFilters = filters.Select(filter => new { column = filter.Column, @operator = filter.Operator, timestamp = filter.Timestamp }) });

    private async Task<JsonElement> Read(string address) => await (await _host.Client.GetAsync($"{Elsa}/{address}")).Is(HttpStatusCode.OK);

    private Task<JsonElement> Latest(string id) => Read($"workflow-definitions/by-definition-id/{id}?versionOptions=Latest");

    private async Task<int> VersionOf(string id) => (await Latest(id)).GetProperty("version").GetInt32();

    private async Task<string?> PinOf(string id) => (await Latest(id)).GetProperty("root").GetProperty("activities")[0].Text("workflowDefinitionVersionId");
}
