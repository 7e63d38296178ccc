using System.Text.Json.Nodes;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Tests.Kernel;

public sealed class LoopTests
{
    [Fact]
    public void A_sequence_runs_in_the_files_order()
    {
        var root = Container("Elsa.Sequence");
        root["activities"] = new JsonArray(Step("a"), Step("b"), Step("c"));

        Assert.Equal(["a", "b", "c"], new Player(Drawn.Read(Drawn.Envelope(root))).Begin().Ran);
    }

    [Fact]
    public void For_each_runs_its_body_once_for_each_item_also_across_waits()
    {
        var root = Container("Elsa.ForEach");
        root["body"] = Step("body");
        root["currentValue"] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "item" } };
        var player = new Player(Drawn.Read(Drawn.Envelope(root))).Inputs("root", new { items = """["L","R"]""" }).WaitsAt("body").Begin();

        Assert.Equal("L", player.Instance.Variables["item"].GetString());
        player.Wake("body");
        Assert.Equal("R", player.Instance.Variables["item"].GetString());
        player.Wake("body");

        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void An_empty_list_runs_the_body_never()
    {
        var root = Container("Elsa.ForEach");
        root["body"] = Step("body");

        Assert.Empty(new Player(Drawn.Read(Drawn.Envelope(root))).Inputs("root", new { items = Array.Empty<int>() }).Begin().Ran);
    }

    [Fact]
    public void If_takes_the_branch_of_its_condition_and_none_is_fine_too()
    {
        var root = Container("Elsa.If");
        root["then"] = Step("yes");

        Assert.Equal(["yes"], new Player(Drawn.Read(Drawn.Envelope(root))).Inputs("root", new { condition = true }).Begin().Ran);
        Assert.Empty(new Player(Drawn.Read(Drawn.Envelope(root))).Inputs("root", new { condition = "false" }).Begin().Ran);
    }

    [Fact]
    public void While_asks_before_each_round()
    {
        var root = Container("Elsa.While");
        root["body"] = Step("body");
        var player = new Player(Drawn.Read(Drawn.Envelope(root))).Inputs("root", new { condition = true }).WaitsAt("body").Begin();

        player.Inputs("root", new { condition = false }).Wake("body");

        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Equal(["body", "body"], player.Ran);
    }

    private static JsonObject Container(string type) => new() { ["id"] = "root", ["type"] = type, ["version"] = 1 };

    private static JsonObject Step(string id) => new() { ["id"] = id, ["type"] = "Test.Step", ["version"] = 1 };
}
