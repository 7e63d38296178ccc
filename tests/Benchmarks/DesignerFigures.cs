using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>What an administrator waits for: a large drawing opened, saved and checked, a long list, and what an open viewer asks of the database.</summary>
internal sealed class DesignerFigures(Ground ground, string folder)
{
    private const int Activities = 300;
    private const int Definitions = 2000;
    private const int Versions = 20;
    private const int Rounds = 300;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    public async Task Run(CancellationToken cancellationToken)
    {
        var database = await ground.NewDatabase(cancellationToken);
        await using var host = await HostProcess.Start(folder, ("PostgreSql", database), cancellationToken);
        await Crowd(database, cancellationToken);
        var drawing = Drawing();
        var model = JsonNode.Parse(await host.Post("/elsa/api/workflow-definitions", new JsonObject { ["model"] = drawing, ["publish"] = false }.ToJsonString(), cancellationToken))!["workflowDefinition"]!.AsObject();
        var id = model["definitionId"]!.GetValue<string>();

        Console.WriteLine($"\nThe designer's calls, {Rounds} of each after as many to warm up, one client, PostgreSQL; {Activities} activities, {Definitions} definitions × {Versions} versions");
        var table = new Table("call", "p50 ms", "p95 ms", "target p95 ms");
        await Time(table, "open the drawing", "≤ 30", _ => host.Client.GetStringAsync(new Uri($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest", UriKind.Relative), cancellationToken));
        await Time(table, "save the drawing, changed", "≤ 200", async round =>
        {
            model["description"] = $"change {round}";
            var saved = await host.Post("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }.ToJsonString(), cancellationToken);
            model = JsonNode.Parse(saved)!["workflowDefinition"]!.AsObject();
            return saved;
        });
        await Time(table, "check the drawing", "≤ 100", _ => host.Post("/api/v1/definitions/validate", model.ToJsonString(), cancellationToken));
        await Time(table, "list, first page", "≤ 50", _ => host.Client.GetStringAsync(new Uri("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=", UriKind.Relative), cancellationToken));
        await Time(table, "list, searched, last page", "≤ 50", _ => host.Client.GetStringAsync(new Uri("/elsa/api/workflow-definitions?versionOptions=Latest&Page=190&PageSize=10&SearchTerm=crowd", UriKind.Relative), cancellationToken));
        await Time(table, "the toolbox", "", _ => host.Client.GetStringAsync(new Uri("/elsa/api/descriptors/activities", UriKind.Relative), cancellationToken));
        table.Print();
        await View(host, database, cancellationToken);
    }

    // A waiting instance, watched over the socket, with the two lists that the viewer reads each second while the chosen step is at work.
    private async Task View(HostProcess host, string database, CancellationToken cancellationToken)
    {
        await host.Publish(Shapes.Waiting, cancellationToken);
        var started = JsonNode.Parse(await host.Post($"/api/v1/pathways/{Shapes.WaitingId}/instances", new JsonObject { ["correlationId"] = "viewed" }.ToJsonString(), cancellationToken))!;
        var instance = started["instanceId"]!.GetValue<string>();
        var meter = new Meter(ground, database);
        var idle = await Statements(meter, async _ => await Pause.For(TimeSpan.FromSeconds(1), cancellationToken), cancellationToken);

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", host.Client.DefaultRequestHeaders.Authorization!.ToString());
        var address = new UriBuilder(host.Client.BaseAddress!) { Scheme = "ws", Path = "/elsa/hubs/workflow-instance" }.Uri;
        await socket.ConnectAsync(address, cancellationToken);
        await Say(socket, """{"protocol":"json","version":1}""", cancellationToken);
        await Say(socket, $$"""{"type":1,"target":"ObserveInstanceAsync","arguments":["{{instance}}"]}""", cancellationToken);
        var open = await Statements(meter, async _ =>
        {
            foreach (var list in new[] { "activity-executions", "activity-execution-summaries" })
                await host.Client.GetStringAsync(new Uri($"/elsa/api/{list}/list?WorkflowInstanceId={instance}", UriKind.Relative), cancellationToken);
            await Pause.For(TimeSpan.FromSeconds(1), cancellationToken);
        }, cancellationToken);
        var viewer = new Table("figure", "reached", "target");
        viewer.Add("statements/s of the host with nobody looking", idle.ToString("0.0", CultureInfo.InvariantCulture), "");
        viewer.Add("statements/s more for one open viewer", (open - idle).ToString("0.0", CultureInfo.InvariantCulture), "≤ 2");
        viewer.Print();
    }

    private static async Task<double> Statements(Meter meter, Func<int, Task> second, CancellationToken cancellationToken)
    {
        await second(0);
        await second(0);
        await meter.Forget(cancellationToken);
        var before = await meter.Read(exactSyncs: false, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Watched)
            await second(1);
        var after = await meter.Read(exactSyncs: false, cancellationToken);
        return (after.Statements - before.Statements) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task Time(Table table, string name, string target, Func<int, Task<string>> call)
    {
        for (var round = 0; round < Rounds; round++)
            await call(round);
        List<double> times = [];
        for (var round = 0; round < Rounds; round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await call(Rounds + round);
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        table.Add(name, times[Rounds / 2].ToString("0.0", CultureInfo.InvariantCulture), times[Rounds * 95 / 100].ToString("0.0", CultureInfo.InvariantCulture), target);
    }

    private static async Task Say(ClientWebSocket socket, string message, CancellationToken cancellationToken) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private static Task<int> Crowd(string database, CancellationToken cancellationToken) => Sql.Run(database,
        $$$"""
        insert into definition (version_id, definition_id, version, name, is_published, is_latest, body, hash, created_at, published_by)
        select 'crowd-' || d || ':' || v, 'crowd-' || d, v, 'Crowd ' || d, v = {{{Versions}}}, v = {{{Versions}}},
          convert_to('{"definitionId":"crowd-' || d || '","name":"Crowd ' || d || '","root":{"id":"f","type":"Elsa.Flowchart","version":1,"activities":[{"id":"w","type":"Elsa.WriteLine","version":1}]}}', 'UTF8'),
          '\x00'::bytea, now(), 'benchmark'
        from generate_series(1, {{{Definitions}}}) as d, generate_series(1, {{{Versions}}}) as v;
        analyze definition
        """, cancellationToken);

    // A long line of steps, a decision after every tenth, with scripts and a layout as the designer writes them.
    private static JsonObject Drawing()
    {
        JsonArray activities = [], connections = [];
        for (var at = 0; at < Activities; at++)
        {
            var isDecision = at % 10 == 9;
            var input = new JsonObject { ["typeName"] = isDecision ? "Boolean" : "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = isDecision ? "getVariable(\"Count\") > 3" : "\"step \" + getVariable(\"Count\")" } };
            activities.Add(new JsonObject
            {
                [isDecision ? "condition" : "text"] = input,
                ["id"] = $"a{at}",
                ["name"] = $"Step{at}",
                ["type"] = isDecision ? "Elsa.FlowDecision" : "Elsa.WriteLine",
                ["version"] = 1,
                ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = at % 20 * 220, ["y"] = at / 20 * 120 }, ["size"] = new JsonObject { ["width"] = 180, ["height"] = 54 } } }
            });
            if (at == 0)
                continue;

            foreach (var port in (at - 1) % 10 == 9 ? new[] { "True", "False" } : ["Done"])
                connections.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = $"a{at - 1}", ["port"] = port }, ["target"] = new JsonObject { ["activity"] = $"a{at}", ["port"] = "In" }, ["vertices"] = new JsonArray() });
        }

        return new JsonObject
        {
            ["definitionId"] = null,
            ["name"] = "Three hundred steps",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "count", ["name"] = "Count", ["typeName"] = "Int32", ["value"] = "5" }),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections }
        };
    }
}
