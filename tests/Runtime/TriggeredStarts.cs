using System.Text;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Runtime;

/// <summary>Definitions that start by themselves, from what was drawn to what the instance has done.</summary>
public abstract class TriggeredStarts
{
    private static readonly string[] Points = ["Publish", "FireTimers", "Relay", "Start", "Commit"];

    /// <summary>How to open the store again and again on a database of its own.</summary>
    protected abstract Task<Func<IFlowStore>> Database();

    [Fact]
    public async Task An_event_starts_an_instance_that_goes_on_with_its_payload()
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(OnEvent("by-event", "born"));

        await engine.Flows.Publish(new EventToPublish("born", "case-9", FlowJson.Of(new { name = "Ada" }), EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();

        Assert.Equal([["Ada"]], await Told(engine));
    }

    [Fact]
    public async Task A_plain_start_waits_at_the_trigger_as_at_any_other_event()
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(OnEvent("by-hand", "born"));

        var id = await engine.Start("by-hand", correlationId: "case-9");
        Assert.Empty(Deeds.Of(id));
        await engine.Flows.Publish(new EventToPublish("born", "case-9", FlowJson.Of(new { name = "Bob" }), EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();

        Assert.Equal(["Bob"], Deeds.Of(id));
        Assert.Equal([["Bob"], ["Bob"]], await Told(engine));
    }

    [Fact]
    public async Task Of_several_triggers_the_one_that_fired_is_where_it_begins()
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(Drawn.FlowchartJson("x:Event y:Event a b", "x>a y>b", envelope =>
        {
            Begins(envelope, "x", "eventName", "X");
            Begins(envelope, "y", "eventName", "Y");
            Notes(envelope, "a", "b");
        }, "either"));

        await engine.Flows.Publish(new EventToPublish("Y", null, default, EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();

        Assert.Equal([["b"]], await Told(engine));
    }

    [Fact]
    public async Task A_cron_expression_means_the_time_in_Shanghai_and_a_moment_fires_once()
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(Ticking("by-cron", "t:Cron", "cronExpression", "0 30 9 * * ?"));
        await engine.Publish(Ticking("by-moment", "t:StartAt", "dateTime", "2026-03-17T09:00:00+08:00"));

        // Monday 09:00 in Shanghai.
        await engine.TimePasses(TimeSpan.FromMinutes(31));
        Assert.Single(await Told(engine));
        await engine.TimePasses(TimeSpan.FromDays(2));
        Assert.Equal(4, (await Told(engine)).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_occurrence_starts_once_wherever_the_process_dies(bool afterTheWrite)
    {
        var undisturbed = new CrashPlan { Calls = Points };
        var expected = await Tell(undisturbed);
        Assert.Equal(["Ada", "n", "n", "n"], expected);

        for (var at = 1; at <= undisturbed.Count; at += 2)
        {
            Assert.Equal(expected, await Tell(new CrashPlan { At = at, AfterIt = afterTheWrite, Calls = Points }));
        }
    }

    // An event whose sender repeats it when no answer came, and three hours of a schedule.
    private async Task<string[]> Tell(CrashPlan plan)
    {
        await using var engine = await Engine.Open(await Database(), plan);
        await engine.Survive(async () =>
        {
            await engine.Publish(OnEvent("by-event", "born"));
            await engine.Publish(Ticking("by-hour", "t:Timer", "interval", "01:00:00"));
            return true;
        });
        var born = new EventToPublish("born", null, FlowJson.Of(new { name = "Ada" }), EventToPublish.Week, "born-1");
        await engine.Survive(() => engine.Flows.Publish(born, CancellationToken.None));
        await engine.Quiet();
        await engine.TimePasses(TimeSpan.FromHours(3.5));
        await engine.Quiet();
        plan.IsOver = true;
        await History.Holds(engine.Store);
        // A note outside of the transaction may show twice (I4); what started does not.
        return [.. (await Told(engine)).Select(told => Assert.Single(told.Distinct())).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task What_cannot_start_by_itself_is_refused_with_a_reason()
    {
        await using var engine = await Engine.Open(await Database());
        await Refused(engine, "definition.triggerInvalid", Ticking("wrong", "t:Cron", "cronExpression", "every day"));
        await Refused(engine, "definition.triggerInvalid", Ticking("wrong", "t:Timer", "interval", "00:00:00"));
        await Refused(engine, "definition.triggerInvalid", Ticking("wrong", "t:Event", "eventName", " "));
        await Refused(engine, "definition.triggerInvalid", Ticking("wrong", "t:HttpEndpoint", "path", "a b/{"));
        await Refused(engine, "definition.unknownActivation", Ticking("wrong", "t:Timer", "interval", "00:05:00", envelope => envelope["options"] = new JsonObject { ["activationStrategyType"] = "Sometimes" }));
        await Refused(engine, "definition.triggerInput", Ticking("wrong", "t:Event", "eventName", "x", envelope =>
        {
            envelope["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "v", ["typeName"] = "String" });
            Drawn.Find(envelope, "t")["eventName"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Variable", ["value"] = new JsonObject { ["id"] = "v", ["name"] = "v" } } };
        }));
        await Refused(engine, "definition.triggerTwice", Drawn.FlowchartJson("x:Event y:Event n", "x>n y>n", envelope =>
        {
            Begins(envelope, "x", "eventName", "same");
            Begins(envelope, "y", "eventName", "same");
            Notes(envelope, "n");
        }, "wrong"));
        await engine.Publish(Ticking("mine", "t:HttpEndpoint", "path", "Orders/{id}"));
        var taken = await Refused(engine, "definition.triggerTaken", Ticking("yours", "t:HttpEndpoint", "path", "orders/{number}"));
        Assert.Contains("'mine'", taken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Singleton")]
    [InlineData("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime")]
    public async Task A_singleton_that_runs_names_itself_to_whoever_starts_another(string strategy)
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(Drawn.FlowchartJson("e:Event", "", envelope =>
        {
            Drawn.Find(envelope, "e")["eventName"] = Drawn.Literal("end");
            envelope["options"] = new JsonObject { ["activationStrategyType"] = strategy };
        }, "single"));
        var id = await engine.Start("single", correlationId: "c");

        Assert.Equal(new NotActivated(id), await engine.Flows.Start(new StartInstance("single", default, "test"), CancellationToken.None));
        await engine.Flows.Publish(new EventToPublish("end", "c", default, EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();

        Assert.IsType<Started>(await engine.Flows.Start(new StartInstance("single", default, "test"), CancellationToken.None));
    }

    [Fact]
    public async Task A_child_that_is_excluded_is_an_incident_on_its_parent()
    {
        await using var engine = await Engine.Open(await Database());
        await engine.Publish(Drawn.FlowchartJson("e:Event", "", envelope =>
        {
            Drawn.Find(envelope, "e")["eventName"] = Drawn.Literal("end");
            envelope["options"] = new JsonObject { ["activationStrategyType"] = "Singleton" };
        }, "only-child"));
        await engine.Publish(Drawn.FlowchartJson("c:ExecuteWorkflow n", "c>n", envelope =>
        {
            Drawn.Find(envelope, "c")["workflowDefinitionId"] = Drawn.Literal("only-child");
            Notes(envelope, "n");
        }, "parent"));
        await engine.Start("only-child");

        var parent = await engine.Start("parent");

        Assert.Equal(1, await Count(engine, $"select count(*) from instance where id = '{parent}' and status = 3 and fault_code = 'child.faulted'"));
        Assert.Empty(Deeds.Of(parent));
    }

    private static async Task<string> Refused(Engine engine, string code, string json)
    {
        var result = await engine.Library.Import(Encoding.UTF8.GetBytes(json), publish: true, "test", CancellationToken.None);
        Assert.Null(result.Stored);
        return Assert.Single(result.Problems, problem => problem.Code == code).Message;
    }

    private static string OnEvent(string id, string name) => Drawn.FlowchartJson("e:Event n", "e>n", envelope =>
    {
        Begins(envelope, "e", "eventName", name);
        Notes(envelope, "n");
        Drawn.Find(envelope, "n")["text"] = Drawn.Script("getOutputFrom('e', 'Result').name");
    }, id);

    private static string Ticking(string id, string trigger, string input, string value, Action<JsonObject>? change = null) =>
        Drawn.FlowchartJson($"{trigger} n", "t>n", envelope =>
        {
            Begins(envelope, "t", input, value);
            Notes(envelope, "n");
            change?.Invoke(envelope);
        }, id);

    private static void Begins(JsonObject envelope, string id, string input, string value)
    {
        Drawn.Find(envelope, id)["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        Drawn.Find(envelope, id)[input] = Drawn.Literal(value);
    }

    private static void Notes(JsonObject envelope, params string[] ids)
    {
        foreach (var id in ids)
        {
            Drawn.Find(envelope, id)["type"] = "Test.Note";
        }
    }

    /// <summary>What each instance of this database has noted.</summary>
    private static async Task<string[][]> Told(Engine engine) => [.. (await engine.Survive(() => engine.Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "select id from instance order by created_at, id";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Guid> ids = [];
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(Guid.Parse(reader.GetValue(0).ToString()!));
        }

        return ids;
    }, CancellationToken.None))).Select(Deeds.Of)];

    private static Task<long> Count(Engine engine, string sql) => engine.Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }, CancellationToken.None);

    public sealed class OnSqlite : TriggeredStarts
    {
        protected override Task<Func<IFlowStore>> Database()
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, "flow.db");
            return Task.FromResult<Func<IFlowStore>>(() => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System));
        }
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : TriggeredStarts
    {
        protected override async Task<Func<IFlowStore>> Database()
        {
            var database = await PostgresTemplate.Copy();
            return () => new PostgresStore(database);
        }
    }
}
