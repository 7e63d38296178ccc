using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

public sealed class EngineTests
{
    [Fact]
    public async Task A_straight_flow_runs_to_its_end()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("straight", "a b c", "a>b b>c"));

        var id = await engine.Start("straight");

        Assert.Equal(["a", "b", "c"], Deeds.Of(id));
        Assert.Empty(await engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_delay_of_forty_days_fires_once_and_on_time()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("late", "a d:Delay b", "a>d d>b", envelope => Drawn.Find(envelope, "d")["timeSpan"] = Drawn.Literal("40.00:00:00")));
        var id = await engine.Start("late");

        await engine.TimePasses(TimeSpan.FromDays(39));
        Assert.Equal(["a"], Deeds.Of(id));
        await engine.TimePasses(TimeSpan.FromDays(2));
        Assert.Equal(["a", "b"], Deeds.Of(id));
    }

    [Fact]
    public async Task An_event_that_comes_before_anyone_waits_is_not_lost()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("early", "e:Event b", "e>b", envelope => Drawn.Find(envelope, "e")["eventName"] = Drawn.Literal("paid")));
        await engine.Flows.Publish(new EventToPublish("paid", "case-1", default, EventToPublish.Week), CancellationToken.None);

        var id = await engine.Start("early", correlationId: "case-1");

        Assert.Equal(["b"], Deeds.Of(id));
    }

    [Fact]
    public async Task Two_branches_woken_at_the_same_time_meet_and_the_instance_finishes()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("both", "a x:Event y:Event j:FlowJoin after", "a>x a>y x>j y>j j>after", envelope =>
        {
            Drawn.Find(envelope, "x")["eventName"] = Drawn.Literal("X");
            Drawn.Find(envelope, "y")["eventName"] = Drawn.Literal("Y");
            Drawn.Find(envelope, "j")["mode"] = Drawn.Literal("WaitAll");
        }));
        var id = await engine.Start("both", correlationId: "c");

        await Task.WhenAll(
            engine.Flows.Publish(new EventToPublish("X", "c", default, EventToPublish.Week), CancellationToken.None),
            engine.Flows.Publish(new EventToPublish("Y", "c", default, EventToPublish.Week), CancellationToken.None));
        await engine.Quiet();

        Assert.Equal(["a", "after"], Deeds.Of(id));
    }

    [Fact]
    public async Task A_parent_waits_for_its_child_and_gets_its_output()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("child", "n o:SetOutput", "n>o", envelope =>
        {
            Drawn.Find(envelope, "o")["outputName"] = Drawn.Literal("answer");
            Drawn.Find(envelope, "o")["outputValue"] = Drawn.Literal(42);
        }));
        await engine.Publish(Notes("parent", "a c:ExecuteWorkflow b", "a>c c>b", envelope =>
        {
            Drawn.Find(envelope, "c")["workflowDefinitionId"] = Drawn.Literal("child");
            Drawn.Find(envelope, "b")["text"] = Drawn.Script("'answer ' + getOutputFrom('c', 'Result').answer");
        }));

        var id = await engine.Start("parent");

        Assert.Equal(["a", "answer 42"], Deeds.Of(id));
        Assert.Empty(await engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task A_child_that_faults_does_not_let_its_parent_go_on_until_it_is_mended()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Notes("broken", "f", "", envelope => Drawn.Find(envelope, "f")["type"] = "Test.Fail"));
        await engine.Publish(Notes("waiting", "c:DispatchWorkflow b", "c>b", envelope =>
        {
            Drawn.Find(envelope, "c")["workflowDefinitionId"] = Drawn.Literal("broken");
            Drawn.Find(envelope, "c")["waitForCompletion"] = Drawn.Literal(true);
        }));
        var id = await engine.Start("waiting");
        Assert.Empty(Deeds.Of(id));

        var child = Relief.Flow.Workflows.Kernel.StableId.Of(id, 2, "child");
        FailStep.Mended[child] = true;
        await engine.Flows.Retry(child, null, "operator", CancellationToken.None);
        await engine.Quiet();

        Assert.Equal(["b"], Deeds.Of(id));
    }

    [Fact]
    public async Task An_endless_loop_becomes_an_incident_and_other_instances_go_on()
    {
        await using var engine = await Engine.OnFile(options: new() { NodeId = 1, BurstActivities = 20, MostYields = 5 });
        var loop = new JsonObject { ["id"] = "w", ["type"] = "Elsa.While", ["condition"] = Drawn.Literal(true), ["body"] = new JsonObject { ["id"] = "s", ["type"] = "Elsa.SetName", ["value"] = Drawn.Literal("x") } };
        await engine.Publish(Drawn.Envelope(loop, definitionId: "endless"));
        await engine.Publish(Notes("other", "a", ""));

        await engine.Start("endless");
        var other = await engine.Start("other");

        Assert.Equal(["a"], Deeds.Of(other));
    }

    private static string Notes(string id, string activities, string lines, Action<JsonObject>? change = null) => Drawn.FlowchartJson(activities, lines, envelope =>
    {
        foreach (var node in envelope["root"]!["activities"]!.AsArray().Where(node => (string?)node!["type"] == "Test.Step"))
        {
            node!["type"] = "Test.Note";
        }

        change?.Invoke(envelope);
    }, id);
}
