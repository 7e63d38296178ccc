using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Host;

/// <summary>What the designer reads and writes, on the production store: its statements are written by hand, once for each database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DesignerOnPostgresTests
{
    private const string Elsa = "/elsa/api";
    private const string Part = """
        { "definitionId": "pg-part", "name": "PgPart", "options": { "usableAsActivity": true },
          "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "1" } } } }
        """;

    private const string Whole = """{ "definitionId": "pg-whole", "name": "whole", "root": { "id": "p", "type": "PgPart", "version": 1, "workflowDefinitionId": "pg-part" } }""";

    [Fact]
    public async Task A_definition_goes_through_toolbox_lists_history_and_back()
    {
        await using var host = await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase());
        await host.Publish(Part);
        await host.Publish(Part.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        await host.Publish(Whole);

        var tools = (await Read(host, "descriptors/activities?Refresh=True")).Items().Where(tool => tool.Text("typeName") == "PgPart");
        Assert.Equal(2, tools.Count());
        Assert.Equal("pg-whole", (await Read(host, "workflow-definitions/pg-part/consumers")).GetProperty("consumingWorkflowDefinitionIds")[0].GetString());
        Assert.Equal(2, (await Read(host, "workflow-definitions?versionOptions=Latest&searchTerm=p")).Items().Length);
        Assert.Equal(2, (await Read(host, "workflow-definitions?versionOptions=AllVersions&definitionIds=pg-part")).Items().Length);
        await (await host.Client.PostAsync($"{Elsa}/workflow-definitions/pg-part/revert/1", null)).Is(HttpStatusCode.OK);
        Assert.Equal(3, (await Read(host, "workflow-definitions/by-definition-id/pg-part?versionOptions=Latest")).GetProperty("version").GetInt32());

        await (await host.Client.PostAsJsonAsync($"{Elsa}/workflow-definitions/pg-whole/execute", new { versionOptions = "Published" })).Is(HttpStatusCode.OK);
        var instances = await Read(host, "workflow-instances?definitionId=pg-whole");
        Assert.Equal("pg-whole", Assert.Single(instances.Items()).Text("definitionId"));
        var saved = new { plan = new { cases = 5 }, expectations = new { reached = new[] { "p" }, shares = Array.Empty<object>() } };
        await (await host.Client.PutAsJsonAsync("/api/v1/definitions/pg-whole/simulations/one", saved)).Is(HttpStatusCode.OK);
        Assert.Single((await (await host.Client.GetAsync("/api/v1/definitions/pg-whole/simulations")).Is(HttpStatusCode.OK)).Items());
    }

    private static async Task<System.Text.Json.JsonElement> Read(TestHost host, string address) =>
        await (await host.Client.GetAsync($"{Elsa}/{address}")).Is(HttpStatusCode.OK);
}
