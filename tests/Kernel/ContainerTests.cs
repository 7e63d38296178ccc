using System.Text.Json.Nodes;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Tests.Kernel;

public sealed class ContainerTests
{
    [Fact]
    public void Parallel_begins_all_at_once_and_ends_with_the_last()
    {
        var player = Play("{'id':'p','type':'Elsa.Parallel','activities':[{'id':'a','type':'Test.Step'},{'id':'b','type':'Test.Step'}]}").WaitsAt("a").WaitsAt("b").Begin();
        Assert.Equal(["a", "b"], player.WaitingAt);

        player.Wake("b");
        Assert.True(player.Instance.IsOpen);
        player.Wake("a");
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Theory]
    [InlineData("WaitAll", false)]
    [InlineData("WaitAny", true)]
    public void Fork_goes_on_with_all_branches_or_with_the_first(string mode, bool endsWithTheFirst)
    {
        var player = Play($"{{'id':'f','type':'Elsa.Fork','joinMode':'{mode}','branches':[{{'id':'a','type':'Test.Step'}},{{'id':'b','type':'Test.Step'}}]}}")
            .WaitsAt("a").WaitsAt("b").Begin().Wake("b");

        Assert.Equal(endsWithTheFirst, !player.Instance.IsOpen);
    }

    [Fact]
    public void For_counts_up_and_down_with_and_without_its_bound()
    {
        Assert.Equal([1, 2, 3], Counted(1, 3, 1, true));
        Assert.Equal([1, 2], Counted(1, 3, 1, false));
        Assert.Equal([5, 3, 1], Counted(5, 1, 2, true));
        Assert.Equal([5, 3], Counted(5, 1, 2, false));
        Assert.Equal([2], Counted(2, 2, 1, true));
        Assert.Empty(Counted(2, 2, 1, false));
        Assert.Equal([0, 4], Counted(0, 7, 4, true));
    }

    [Fact]
    public void For_without_a_sensible_step_is_an_incident_and_not_an_endless_loop()
    {
        var player = Play("{'id':'f','type':'Elsa.For','body':{'id':'b','type':'Test.Step'}}").Inputs("f", new { start = 0, end = 3, step = 0 }).Begin();

        Assert.Equal("for.bounds", player.Instance.Incidents.Single().Code);
        Assert.Empty(player.Ran);
    }

    [Fact]
    public void Switch_runs_the_activity_of_the_first_true_case_or_of_all_or_the_default()
    {
        const string drawn = """
            {'id':'s','type':'Elsa.Switch','cases':[
              {'label':'A','condition':{'type':'Literal','value':true},'activity':{'id':'a','type':'Test.Step'}},
              {'label':'B','condition':{'type':'Literal','value':true},'activity':{'id':'b','type':'Test.Step'}}],
             'default':{'id':'z','type':'Test.Step'}}
            """;
        object[] cases = [new { label = "A", condition = true }, new { label = "B", condition = true }];

        Assert.Equal(["a"], Play(drawn).Inputs("s", new { cases }).Begin().Ran);
        Assert.Equal(["a", "b"], Play(drawn).Inputs("s", new { cases, mode = "MatchAny" }).Begin().Ran);
        Assert.Equal(["z"], Play(drawn).Inputs("s", new { cases = Array.Empty<object>() }).Begin().Ran);
    }

    [Fact]
    public void Flow_node_runs_its_body_and_is_passed_through_without_one()
    {
        Assert.Equal(["b"], Play("{'id':'n','type':'Elsa.FlowNode','body':{'id':'b','type':'Test.Step'}}").Begin().Ran);
        Assert.Equal(InstanceStatus.Finished, Play("{'id':'n','type':'Elsa.FlowNode'}").Begin().Instance.Status);
    }

    [Fact]
    public void Complete_ends_the_composite_around_it_by_the_named_outcomes_and_what_follows_goes_on()
    {
        var composite = JsonNode.Parse("""
            {"id":"c","type":"Elsa.Composite","root":{"id":"inner","type":"Elsa.Parallel","activities":[
              {"id":"long","type":"Test.Step"},{"id":"done","type":"Elsa.Complete"}]}}
            """)!;
        var player = new Player(Drawn.Flowchart("yes no", "c.Approved>yes c.Done>no", envelope => envelope["root"]!["activities"]!.AsArray().Add(composite)))
            .WaitsAt("long").Inputs("done", new { outcomes = new[] { "Approved" } }).Begin();

        Assert.Equal(["long", "yes"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Empty(player.Instance.Outcomes);
    }

    [Fact]
    public void Complete_without_a_composite_ends_the_instance_and_tells_its_parent_the_outcomes()
    {
        var player = Play("{'id':'p','type':'Elsa.Parallel','activities':[{'id':'long','type':'Test.Step'},{'id':'done','type':'Elsa.Complete'}]}")
            .WaitsAt("long").Inputs("done", new { outcomes = """["Denied"]""" });
        player.Begin();

        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Equal(["Denied"], player.Instance.Outcomes.ToArray());
        Assert.Contains(player.Effects, effect => effect is DropBookmark);
    }

    [Theory]
    [InlineData("For", "{'start':1,'end':3}")]
    [InlineData("ForEach", "{'items':[1,2,3]}")]
    [InlineData("While", "{'condition':true}")]
    [InlineData("ParallelForEach", "{'items':[1,2,3]}")]
    public void Break_leaves_the_innermost_loop_and_what_follows_it_goes_on(string loop, string inputs)
    {
        var body = "{'id':'flow','type':'Elsa.Flowchart','activities':[{'id':'side','type':'Test.Step'},{'id':'stop','type':'Elsa.Break'},{'id':'never','type':'Test.Step'},{'id':'a','type':'Test.Step'}]," +
            "'connections':[{'source':'a','target':'side'},{'source':'a','target':'stop'},{'source':'stop','target':'never'}]}";
        var player = Play($"{{'id':'s','type':'Elsa.Sequence','activities':[{{'id':'loop','type':'Elsa.{loop}','body':{body}}},{{'id':'after','type':'Test.Step'}}]}}")
            .Inputs("loop", JsonNode.Parse(inputs.Replace('\'', '"'))!).WaitsAt("side").Begin();

        Assert.DoesNotContain("never", player.Ran);
        Assert.Equal("after", player.Ran[^1]);
        Assert.Single(player.Ran, "after");
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Equal(player.Effects.OfType<SetBookmark>().Select(set => set.Id), player.Effects.OfType<DropBookmark>().Select(drop => drop.Id));
    }

    [Fact]
    public void Break_without_a_loop_is_an_incident()
    {
        Assert.Equal("break.noLoop", Play("{'id':'b','type':'Elsa.Break'}").Begin().Instance.Incidents.Single().Code);
    }

    [Fact]
    public void An_activity_waits_for_what_runs_inside_it_before_it_leaves()
    {
        var held = JsonNode.Parse("""{"id":"h","type":"Test.Held","then":{"id":"inside","type":"Test.Step"}}""")!;
        var player = new Player(Drawn.Flowchart("after", "h.Yes>after", envelope => envelope["root"]!["activities"]!.AsArray().Add(held)))
            .Answers("h", new Completed("Yes") { Deeds = [new RunInside("then")] }).WaitsAt("inside").Begin();
        Assert.Equal(["h", "inside"], player.Ran);

        player.Wake("inside");
        Assert.Equal("after", player.Ran[^1]);
    }

    private static long[] Counted(int start, int end, int step, bool isInclusive)
    {
        var player = Play("{'id':'f','type':'Elsa.For','body':{'id':'b','type':'Test.Step'}}").Inputs("f", new { start, end, step, outerBoundInclusive = isInclusive }).WaitsAt("b").Begin();
        List<long> seen = [];
        while (player.Instance.IsOpen)
        {
            seen.Add(player.Instance.Results["f.currentValue"].GetInt64());
            player.Wake("b");
        }

        return [.. seen];
    }

    private static Player Play(string root) => new(Drawn.Read(Drawn.Envelope(JsonNode.Parse(root.Replace('\'', '"'))!.AsObject())));
}
