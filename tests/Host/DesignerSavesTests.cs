using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Tests.Host;

/// <summary>What the designer's saves must never lose, and what it does with many at once.</summary>
public sealed class DesignerSavesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Elsa = "/elsa/api";
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task Of_two_who_save_the_same_draft_the_second_is_told_and_nothing_is_lost()
    {
        var mine = await Draw();
        var theirs = mine.DeepClone().AsObject();
        mine["name"] = "Mine";
        theirs["name"] = "Theirs";
        await (await Save(mine)).Is(HttpStatusCode.OK);

        var told = await (await Save(theirs)).Is(HttpStatusCode.BadRequest);

        Assert.Contains("Mine", told.GetProperty("errors").GetProperty("generalErrors")[0].GetString());
        Assert.Equal("Mine", (await Open(mine))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_editors_own_quick_second_save_is_not_taken_for_somebody_elses()
    {
        var model = await Draw();
        foreach (var name in new[] { "First", "Second" })
        {
            model["name"] = name;
            await SaveAtTheDesk(model);
        }

        Assert.Equal("Second", (await Open(model))["name"]!.GetValue<string>());
        model["name"] = "Third";
        await (await Save(model)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_the_designer_has_no_place_for_survives_its_saves()
    {
        var model = await Draw();
        var known = JsonNode.Parse("""[{ "name": "caseId", "type": "String" }, { "name": "days", "type": "Int32" }]""")!.AsArray();
        var inputs = known.DeepClone().AsArray();
        (inputs[0]!["isRequired"], inputs[1]!["isRequired"]) = (true, true);
        (model["$schema"], model["inputs"]) = ("https://example.org/schema.json", inputs);
        await SaveAtTheDesk(model);

        model.Remove("$schema");
        known.RemoveAt(1);
        model["inputs"] = known;
        await SaveAtTheDesk(model);

        var saved = JsonNode.Parse(await _host.Client.GetStringAsync($"{Elsa}/workflow-definitions/{model["definitionId"]}/export?versionOptions=Latest"))!;
        Assert.Equal("https://example.org/schema.json", saved["$schema"]!.GetValue<string>());
        Assert.True(Assert.Single(saved["inputs"]!.AsArray())!["isRequired"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_save_that_would_empty_the_drawing_is_refused()
    {
        var model = await Draw();
        model["root"]!["activities"] = new JsonArray();
        model["root"]!["connections"] = new JsonArray();

        await (await Save(model)).Is(HttpStatusCode.BadRequest);

        Assert.Equal(2, (await Open(model))["root"]!["activities"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_unknown_activity_is_shown_as_a_placeholder_and_saved_as_it_was()
    {
        var id = $"unknown-{Guid.NewGuid():N}";
        var file = $$"""{ "definitionId": "{{id}}", "name": "u", "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "x", "type": "Acme.Special", "version": 7, "secret": { "typeName": "String", "expression": { "type": "Literal", "value": "kept" } }, "metadata": { "designer": { "position": { "x": 1, "y": 2 } } } }, { "id": "w", "type": "Elsa.WriteLine" } ], "connections": [] } }""";
        await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/import", Answers.Body(file))).Is(HttpStatusCode.OK);
        var model = await Open(id);
        var shown = model["root"]!["activities"]![0]!;
        Assert.Equal("Elsa.NotFoundActivity", shown["type"]!.GetValue<string>());
        Assert.Equal(1, model["root"]!["activities"]![1]!["version"]!.GetValue<int>());

        shown["metadata"]!["designer"]!["position"]!["x"] = 50;
        await (await Save(model)).Is(HttpStatusCode.OK);

        var exported = JsonNode.Parse(await _host.Client.GetStringAsync($"{Elsa}/workflow-definitions/{id}/export"))!["root"]!["activities"]![0]!;
        Assert.Equal("Acme.Special", exported["type"]!.GetValue<string>());
        Assert.Equal(7, exported["version"]!.GetValue<int>());
        Assert.Equal("kept", exported["secret"]!["expression"]!["value"]!.GetValue<string>());
        Assert.Equal(50, exported["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>());

        model = await Open(id);
        model["root"]!["activities"]!.AsArray().RemoveAt(0);
        var lost = await (await Save(model)).Is(HttpStatusCode.BadRequest);
        Assert.Contains("Acme.Special", lost.ToString());
    }

    [Fact]
    public async Task A_draft_that_was_run_is_not_changed_by_the_next_save()
    {
        var model = await Draw();
        var id = model["definitionId"]!.GetValue<string>();
        var run = await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/{id}/execute", new { versionOptions = "Latest" });
        var instance = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();

        model["name"] = "Drawn on";
        await (await Save(model)).Is(HttpStatusCode.OK);

        Assert.Equal(2, (await Open(id))["version"]!.GetValue<int>());
        var runs = await (await _host.Client.GetAsync($"{Elsa}/workflow-instances/{instance}")).Is(HttpStatusCode.OK);
        Assert.Equal(1, runs.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Looking_at_a_draft_does_not_fix_it()
    {
        var model = await Draw();
        var id = model["definitionId"]!.GetValue<string>();
        foreach (var look in new[] { "diagram.svg?version=latest", "problems?version=latest" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _host.Client.GetAsync($"/api/v1/definitions/{id}/{look}")).StatusCode);
        }

        model["name"] = "Drawn on";
        await (await Save(model)).Is(HttpStatusCode.OK);

        Assert.Equal(1, (await Open(id))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_import_does_not_take_the_version_of_another_definition()
    {
        var model = await Draw();
        var taken = model["id"]!.GetValue<string>();
        var file = $$"""{ "id": "{{taken}}", "definitionId": "thief-{{Guid.NewGuid():N}}", "name": "thief", "version": 1, "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1 } }""";

        await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/import", Answers.Body(file))).Is(HttpStatusCode.OK);

        Assert.Equal(taken, (await Open(model["definitionId"]!.GetValue<string>()))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Going_back_makes_the_earlier_drawing_the_draft()
    {
        var model = await Draw(publish: true);
        var id = model["definitionId"]!.GetValue<string>();
        model["name"] = "Second";
        await (await Save(model)).Is(HttpStatusCode.OK);

        var back = await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/{id}/revert/1", null)).Is(HttpStatusCode.OK);

        Assert.Equal(2, back.GetProperty("version").GetInt32());
        Assert.Equal("Drawn", (await Open(id))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deleted_definition_is_gone_from_the_list_and_its_instances_stay()
    {
        var model = await Draw(publish: true);
        var id = model["definitionId"]!.GetValue<string>();
        var run = await _host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/{id}/execute", new { versionOptions = "Latest" });
        var instance = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();

        Assert.Equal(HttpStatusCode.NoContent, (await _host.Client.DeleteAsync($"{Elsa}/workflow-definitions/{id}")).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/by-definition-id/{id}")).StatusCode);
        var shown = await (await _host.Client.GetAsync($"{Elsa}/workflow-instances/{instance}")).Is(HttpStatusCode.OK);
        await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/by-id/{Uri.EscapeDataString(shown.Text("definitionVersionId")!)}")).Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.DeleteAsync($"{Elsa}/workflow-definitions/{id}x")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.Client.DeleteAsync($"{Elsa}/workflow-instances/{instance}")).StatusCode);
    }

    [Fact]
    public async Task Many_are_exported_as_a_zip_and_come_in_again_each_bad_file_named()
    {
        var model = await Draw(publish: true);
        var packed = await (await _host.Client.PostAsJsonAsync($"{Elsa}/bulk-actions/export/workflow-definitions", new { ids = new[] { model["id"]!.GetValue<string>() } })).Content.ReadAsByteArrayAsync();
        var bundle = new MemoryStream();
        bundle.Write(packed);
        using (var zip = new ZipArchive(bundle, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var bad = new StreamWriter(zip.CreateEntry("bad.json").Open());
            bad.Write("{ \"definitionId\": \"bad\", \"root\": 5 }");
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(bundle.ToArray()), "files", "all.zip" } };
        var answer = await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/import-files", form)).Is(HttpStatusCode.BadRequest);

        Assert.Equal(1, answer.GetProperty("count").GetInt32());
        Assert.NotEmpty(answer.GetProperty("errors").GetProperty("bad.json").EnumerateArray());
    }

    [Fact]
    public async Task A_definition_that_may_be_used_as_an_activity_is_in_the_toolbox_and_knows_its_consumers()
    {
        var name = $"Part{Guid.NewGuid():N}"[..12];
        var part = $$"""{ "definitionId": "{{name}}", "name": "{{name}}", "inputs": [{ "name": "CaseId", "type": "String" }], "outcomes": ["Good", "Bad"], "options": { "usableAsActivity": true, "activityCategory": "Parts" }, "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [{ "id": "w", "type": "Elsa.WriteLine", "version": 1 }] } }""";
        await _host.Publish(part);

        var tools = (await (await _host.Client.GetAsync($"{Elsa}/descriptors/activities?Refresh=True")).Json()).Items();
        var tool = tools.Single(item => item.Text("typeName") == name);
        Assert.Equal(["Good", "Bad"], tool.GetProperty("ports").EnumerateArray().Select(port => port.Text("name")));
        Assert.Equal(name, tool.GetProperty("constructionProperties").Text("workflowDefinitionId"));

        await _host.Publish($$"""{ "definitionId": "{{name}}-whole", "name": "w", "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [{ "id": "p", "type": "{{name}}", "version": 1, "workflowDefinitionId": "{{name}}", "customProperties": { "ignoredOutcomes": ["Good", "Bad"] } }] } }""");
        var consumers = await (await _host.Client.GetAsync($"{Elsa}/workflow-definitions/{name}/consumers")).Json();
        Assert.Equal([$"{name}-whole"], consumers.GetProperty("consumingWorkflowDefinitionIds").EnumerateArray().Select(id => id.GetString()));
        var shown = (await Open($"{name}-whole"))["root"]!["activities"]![0]!;
        Assert.Equal(name, shown["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_step_is_tried_alone_and_one_that_waits_says_that_it_cannot()
    {
        var model = await Draw();
        var version = model["id"]!.GetValue<string>();

        var tried = await Try(version, "Workflow1:f:w");
        Assert.Equal("Completed", tried.Text("status"));
        Assert.Equal("Done", tried.GetProperty("payload").GetProperty("Outcomes")[0].GetString());
        Assert.Equal("Faulted", (await Try(version, "Workflow1:f:e")).Text("status"));
    }

    [Fact]
    public async Task The_script_editor_learns_the_variables_by_name_and_type()
    {
        var id = $"typed-{Guid.NewGuid():N}";
        var file = $$"""{ "definitionId": "{{id}}", "name": "t", "variables": [{ "id": "v", "name": "Amount", "typeName": "Decimal", "isArray": true }], "inputs": [{ "name": "CaseId", "type": "String" }], "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [{ "id": "w", "name": "Write", "type": "Elsa.WriteLine", "version": 1 }] } }""";
        await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/import", Answers.Body(file))).Is(HttpStatusCode.OK);

        var types = await (await _host.Client.PostAsJsonAsync($"{Elsa}/scripting/javascript/type-definitions/{id}", new { })).Content.ReadAsStringAsync();

        Assert.Contains("declare function getVariable(name: \"Amount\"): number[];", types);
        Assert.Contains("declare function getInput(name: \"CaseId\"): string;", types);
        Assert.Contains("\"Write\"", types);
    }

    private async Task<JsonElement> Try(string version, string node) => await (await _host.Client.PostAsJsonAsync(
        $"{Elsa}/tests/activities", new { workflowDefinitionHandle = new { definitionVersionId = version }, activityHandle = new { activityNodeId = node } })).Is(HttpStatusCode.OK);

    private async Task<JsonObject> Draw(bool publish = false)
    {
        var model = JsonNode.Parse("""{ "definitionId": null, "name": "Drawn", "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "x" } } }, { "id": "e", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go" } } } ], "connections": [ { "source": { "activity": "w", "port": "Done" }, "target": { "activity": "e", "port": "In" } } ] } }""")!.AsObject();
        var saved = await (await Save(model, publish)).Is(HttpStatusCode.OK);
        return JsonNode.Parse(saved.GetProperty("workflowDefinition").ToString())!.AsObject();
    }

    private Task<HttpResponseMessage> Save(JsonObject model, bool publish = false) =>
        _host.Client.PostAsync($"{Elsa}/workflow-definitions", Answers.Body(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }.ToJsonString()));

    // As the designer's page saves, which says at which open editor it was drawn.
    private async Task SaveAtTheDesk(JsonObject model)
    {
        using var save = new HttpRequestMessage(HttpMethod.Post, $"{Elsa}/workflow-definitions") { Content = Answers.Body(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }.ToJsonString()) };
        save.Headers.Add("X-Relief-Desk", "one-editor");
        await (await _host.Client.SendAsync(save)).Is(HttpStatusCode.OK);
    }

    private Task<JsonObject> Open(JsonObject model) => Open(model["definitionId"]!.GetValue<string>());

    private async Task<JsonObject> Open(string id) =>
        JsonNode.Parse(await _host.Client.GetStringAsync($"{Elsa}/workflow-definitions/by-definition-id/{id}?versionOptions=Latest"))!.AsObject();
}
