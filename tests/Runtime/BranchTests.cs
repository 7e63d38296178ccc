using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What the scripts inside parallel branches and loops see.</summary>
public sealed class BranchTests
{
    [Fact]
    public async Task Each_branch_sees_its_own_item_outputs_and_variables_also_after_a_wait()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Envelope("""
            {"id":"all","type":"Elsa.ParallelForEach","items":{"expression":{"type":"JavaScript","value":"['x','y']"}},
             "currentValue":{"memoryReference":{"id":"item"}},
             "body":{"id":"seq","type":"Elsa.Sequence","variables":[{"id":"own","name":"Own","typeName":"String","value":"none"}],"activities":[
               {"id":"before","type":"Test.Note","text":{"expression":{"type":"JavaScript","value":"getVariable('Own') + getVariable('CurrentValue') + getVariable('CurrentIndex')"}}},
               {"id":"set","type":"Elsa.SetVariable","variable":{"id":"own","name":"Own","typeName":"String"},"value":{"expression":{"type":"JavaScript","value":"'own ' + getVariable('Item')"}}},
               {"id":"wait","type":"Elsa.Event","eventName":{"expression":{"type":"JavaScript","value":"'go-' + getVariable('CurrentValue')"}}},
               {"id":"after","type":"Test.Note","text":{"expression":{"type":"JavaScript","value":"getVariable('Own') + ' got ' + getOutputFrom('wait', 'Result').n + ' for ' + getVariable('CurrentValue')"}}}]}}
            """));
        var id = await engine.Start("branches");
        Assert.Equal(["nonex0", "noney1"], Deeds.Of(id));

        await Tell(engine, "go-y", 2);
        await Tell(engine, "go-x", 1);

        Assert.Equal(["nonex0", "noney1", "own y got 2 for y", "own x got 1 for x"], Deeds.Of(id));
        Assert.Empty(await engine.Store.CheckInvariants(TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Loops_inside_each_other_show_the_item_of_the_nearest()
    {
        await using var engine = await Engine.OnFile();
        await engine.Publish(Envelope("""
            {"id":"outer","type":"Elsa.For","start":{"expression":{"type":"Literal","value":1}},"end":{"expression":{"type":"Literal","value":"2"}},
             "body":{"id":"inner","type":"Elsa.ForEach","items":{"expression":{"type":"JavaScript","value":"[getVariable('CurrentValue') * 10]"}},
               "body":{"id":"n","type":"Test.Note","text":{"expression":{"type":"JavaScript","value":"'' + getVariable('CurrentValue') + '/' + getOutputFrom('outer', 'CurrentValue')"}}}}}
            """));

        Assert.Equal(["10/1", "20/2"], Deeds.Of(await engine.Start("branches")));
    }

    private static Task<PublishReceipt> Tell(Engine engine, string name, int n) => engine.Survive(async () =>
    {
        var receipt = await engine.Flows.Publish(new EventToPublish(name, null, FlowJson.Of(new { n }), EventToPublish.Week), CancellationToken.None);
        await engine.Quiet();
        return receipt;
    });

    private static string Envelope(string root) => Drawn.Envelope(JsonNode.Parse(root)!.AsObject(), envelope =>
        envelope["variables"] = JsonNode.Parse("""[{"id":"item","name":"Item","typeName":"Object"}]"""), "branches");
}
