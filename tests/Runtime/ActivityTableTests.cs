using System.Text.Json.Nodes;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Runtime;

/// <summary>Every activity of the format: its ports, wrong input, and its story with the process dying in the middle.</summary>
public sealed class ActivityTableTests : IAsyncLifetime
{
    private OutsideWorld _world = null!;

    public static TheoryData<string> Types => [.. ActivityRows.All.Select(row => row.Type)];

    [Fact]
    public void Every_activity_has_a_row()
    {
        var known = new ActivityCatalog([]).All.Select(descriptor => descriptor.Type);

        Assert.Equal(known.Order(StringComparer.Ordinal), ActivityRows.All.Select(row => row.Type).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void It_has_the_ports_of_its_kind(string type)
    {
        var row = Row(type);
        var node = Drawn.Read(Draw(row, "")).Nodes.Values.First(node => node.Type == type && node.Id is not ("wait" or "flow" or "set"));

        Assert.Equal(row.Ports, NodePorts.Of(node, new ActivityCatalog([]).Find(type)!.ToShape()));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Wrong_input_is_refused_or_becomes_an_incident_and_never_a_stall(string type)
    {
        var row = Row(type);
        if (row.Bad is null)
        {
            Assert.Contains(type, WithoutWrongInput);
            return;
        }

        await using var engine = await Engine.OnFile();
        var result = await engine.Library.Import(System.Text.Encoding.UTF8.GetBytes(Draw(row, row.Bad)), publish: true, "test", CancellationToken.None);
        if (result.Stored is null)
        {
            Assert.Contains(row.Code, result.Problems.Select(problem => problem.Code));
            return;
        }

        var id = await engine.Start("row");
        Assert.Equal(row.Code, await FaultOf(engine, id));
        Assert.Empty(await engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Its_story_ends_the_same_when_the_process_dies_in_the_middle(string type)
    {
        var row = Row(type);
        var expected = await Tell(row, new CrashPlan());
        Assert.Equal(row.Tale.Order(), expected.Order());

        foreach (var afterTheWrite in new[] { false, true })
        {
            var told = await Tell(row, new CrashPlan { At = 2, AfterIt = afterTheWrite, Calls = ["Start", "Commit", "Publish", "Act", "SettleOutbox"] });
            // A note inside a burst that was not committed may show twice (I4), nothing is missing and nothing else is there.
            Assert.Equal(row.Tale.Distinct().Order(), told.Distinct().Order());
        }
    }

    public async Task InitializeAsync() => _world = (await OutsideWorld.Open()).Answers("GET /ok", OutsideAnswer.Ok).Answers("GET /gone", new OutsideAnswer(404, "gone", "text/plain"));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private static readonly string[] WithoutWrongInput =
        ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Parallel", "Elsa.Fork", "Elsa.Composite", "Elsa.FlowNode", "Elsa.FlowJoin", "Elsa.Start", "Elsa.End", "Elsa.Finish"];

    // A request whose sender died is sent again when its lease is over.
    private static RuntimeOptions Short => new() { NodeId = 1, AllowPrivateAddresses = true, SendLease = TimeSpan.FromMilliseconds(300) };

    private static ActivityRow Row(string type) => ActivityRows.All.Single(row => row.Type == type);

    private async Task<string[]> Tell(ActivityRow row, CrashPlan plan)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, "flow.db");
        await using var engine = await Engine.Open(() => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System), plan, Short);
        await engine.Survive(async () =>
        {
            await engine.Publish(Drawn.FlowchartJson("n:Start", "", definitionId: "row-child"));
            await engine.Publish(Draw(row, ""));
            return true;
        });
        var id = await engine.Start("row");
        foreach (var deed in row.Then)
        {
            await Do(engine, deed.Split(' '));
            await engine.Quiet();
        }

        plan.IsOver = true;
        Assert.Empty(await engine.Survive(() => engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None)));
        return Deeds.Of(id);
    }

    private static async Task Do(Engine engine, string[] deed)
    {
        switch (deed[0])
        {
            case "event":
                var key = Guid.NewGuid().ToString();
                await engine.Survive(() => engine.Flows.Publish(new EventToPublish(deed[1], null, default, EventToPublish.Week, key), CancellationToken.None));
                break;
            case "hours":
                await engine.TimePasses(TimeSpan.FromHours(int.Parse(deed[1], System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case "request":
                var (instance, bookmark) = await Place(engine);
                var request = new HttpReceived(Guid.NewGuid(), "POST", "row/7", [], [], default, long.Parse(deed[1], System.Globalization.CultureInfo.InvariantCulture));
                await engine.Survive(() => engine.Flows.Receive(instance, bookmark, request, CancellationToken.None));
                break;
            default:
                var task = await engine.OpenTask();
                await engine.Survive(() => engine.Flows.Act(new TaskDeed(task, TaskVerb.Complete, "li", Outcome: deed[1]), CancellationToken.None));
                break;
        }
    }

    // Where the one instance waits.
    private static Task<(Guid Instance, Guid Bookmark)> Place(Engine engine) => engine.Survive(() => engine.Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "select instance_id, id from bookmark";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Assert.True(await reader.ReadAsync(cancellation));
        return (Guid.Parse(reader.GetString(0)), Guid.Parse(reader.GetString(1)));
    }, CancellationToken.None));

    private static async Task<string?> FaultOf(Engine engine, Guid id) => await engine.Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = $"select fault_code from instance where id = '{id}'";
        return (await command.ExecuteScalarAsync(cancellation))?.ToString();
    }, CancellationToken.None);

    // The activity, and a note behind each of its ports.
    private string Draw(ActivityRow row, string instead)
    {
        var drawn = JsonNode.Parse($"{{{Quoted(row.Drawn)},\"id\":\"x\",\"version\":1}}")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{Quoted(instead)}}}")!.AsObject())
        {
            drawn[name] = value?.DeepClone();
        }

        var outer = drawn["type"]!.ToString();
        var node = Drawn.Read(Drawn.Envelope(drawn)).Root;
        var ports = NodePorts.Of(node, new ActivityCatalog([]).Find(outer)!.ToShape()).Select(port => port == "*" ? "Fine" : port).ToArray();
        return Drawn.FlowchartJson(string.Join(' ', ports.Select((_, index) => $"after{index}")), "", envelope =>
        {
            envelope["variables"] = JsonNode.Parse("""[{"id":"seen","name":"Seen","typeName":"Object"}]""");
            var activities = envelope["root"]!["activities"]!.AsArray();
            var lines = envelope["root"]!["connections"]!.AsArray();
            foreach (var (port, index) in ports.Select((port, index) => (port, index)))
            {
                activities[index]!["type"] = "Test.Note";
                activities[index]!["text"] = Drawn.Literal("left " + port);
                lines.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = "x", ["port"] = port }, ["target"] = new JsonObject { ["activity"] = $"after{index}" } });
            }

            activities.Add(drawn);
        }, "row");
    }

    private string Quoted(string text) => text.Replace('\'', '"').Replace("OUTSIDE", _world?.Address.ToString() ?? "http://127.0.0.1:9/", StringComparison.Ordinal);
}
