using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Tests.Host;

/// <summary>Files of definitions travel both ways between this designer and another, and lose nothing.</summary>
public sealed class DesignerFilesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Elsa = "/elsa/api";
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task An_export_is_the_same_file_after_import_and_export_elsewhere()
    {
        await using var here = await TestHost.OnSqlite();
        await using var elsewhere = await TestHost.OnSqlite();
        foreach (var path in Directory.GetFiles(Repository.At("definitions"), "*.json"))
        {
            var source = await File.ReadAllBytesAsync(path);
            var address = $"{Elsa}/workflow-definitions/{JsonDocument.Parse(source).RootElement.Text("definitionId")}/export?versionOptions=Latest";
            await (await here.Client.PostAsync($"{Elsa}/workflow-definitions/import", Body(source))).Is(HttpStatusCode.OK);
            var exported = await here.Client.GetByteArrayAsync(address);

            await (await elsewhere.Client.PostAsync($"{Elsa}/workflow-definitions/import", Body(exported))).Is(HttpStatusCode.OK);

            Assert.Equal(exported, await elsewhere.Client.GetByteArrayAsync(address));
        }
    }

    [Fact]
    public async Task Elsas_long_names_are_taken_and_go_out_short_and_unknown_members_survive()
    {
        var id = $"long-{Guid.NewGuid():N}";
        var file = $$"""{ "definitionId": "{{id}}", "name": "l", "acmeMember": { "a": [1.50] }, "variables": [{ "id": "v", "name": "V", "typeName": "String", "value": "x", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }], "options": { "incidentStrategyType": "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "commitStrategyName": "ActivityExecuted" }, "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "acme": true, "activities": [ { "id": "w", "type": "Elsa.WriteLine", "version": 1 } ], "connections": [] } }""";
        await (await _host.Client.PostAsync($"{Elsa}/workflow-definitions/import", Answers.Body(file))).Is(HttpStatusCode.OK);

        var exported = await _host.Client.GetStringAsync($"{Elsa}/workflow-definitions/{id}/export");

        Assert.Contains("\"storageDriverTypeName\": \"WorkflowInstanceStorageDriver\"", exported);
        Assert.Contains("1.50", exported);
        Assert.Contains("ContinueWithIncidentsStrategy, Elsa.Workflows.Core", exported);
        Assert.True(JsonNode.Parse(exported)!["root"]!["acme"]!.GetValue<bool>());
    }

    private static ByteArrayContent Body(byte[] json)
    {
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
