using System.Text.Json.Nodes;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Tests.Kernel;

public sealed class FlowchartTests
{
    [Fact]
    public void A_straight_line_runs_in_the_order_of_its_lines_and_not_of_the_file()
    {
        var player = new Player(Drawn.Flowchart("c b a", "a>b b>c")).Begin();

        Assert.Equal(["a", "b", "c"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void Two_lines_from_one_port_fork_and_two_into_one_activity_meet_there_once()
    {
        var player = new Player(Drawn.Flowchart("a l r m", "a>l a>r l>m r>m")).Begin();

        Assert.Equal(["a", "l", "r", "m"], player.Ran);
    }

    [Fact]
    public void A_branch_that_waits_holds_back_the_activity_where_it_meets_the_other()
    {
        var player = new Player(Drawn.Flowchart("a l r m", "a>l a>r l>m r>m")).WaitsAt("r").Begin();
        Assert.Equal(["a", "l", "r"], player.Ran);

        player.Wake("r");
        Assert.Equal(["a", "l", "r", "r", "m"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_decision_takes_one_way_and_the_dead_branch_is_not_waited_for()
    {
        var player = new Player(Drawn.Flowchart("d:FlowDecision yes no m", "d.True>yes d.False>no yes>m no>m")).Inputs("d", new { condition = "True" }).Begin();

        Assert.Equal(["yes", "m"], player.Ran);
    }

    [Fact]
    public void A_switch_takes_the_first_true_case_or_all_or_the_default()
    {
        const string activities = "s:FlowSwitch a b z";
        const string lines = "s.A>a s.B>b s.Default>z";
        object[] both = [new { label = "A", condition = true }, new { label = "B", condition = true }];

        Assert.Equal(["a"], new Player(Drawn.Flowchart(activities, lines)).Inputs("s", new { cases = both }).Begin().Ran);
        Assert.Equal(["a", "b"], new Player(Drawn.Flowchart(activities, lines)).Inputs("s", new { cases = both, mode = "MatchAny" }).Begin().Ran);
        Assert.Equal(["z"], new Player(Drawn.Flowchart(activities, lines)).Inputs("s", new { cases = Array.Empty<object>() }).Begin().Ran);
    }

    [Fact]
    public void Wait_all_waits_for_every_branch()
    {
        var player = Joined("WaitAll").WaitsAt("l").WaitsAt("r").Begin();

        player.Wake("l");
        Assert.DoesNotContain("after", player.Ran);
        player.Wake("r");
        Assert.Equal("after", player.Ran[^1]);
        Assert.Single(player.Ran, "after");
    }

    [Fact]
    public void Wait_any_goes_on_with_the_first_and_leaves_no_bookmark_of_the_other()
    {
        var player = Joined("WaitAny").WaitsAt("l").WaitsAt("r").Begin();
        var right = player.Instance.Frames.Single(frame => frame.ActivityId == "r").Bookmarks[0].Id;

        player.Wake("l");

        Assert.Equal("after", player.Ran[^1]);
        Assert.Contains(player.Effects, effect => effect is DropBookmark drop && drop.Id == right);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void Both_branches_woken_at_once_meet_at_the_join_exactly_once()
    {
        var player = Joined("WaitAll").WaitsAt("l").WaitsAt("r").Begin();
        var bookmarks = player.Instance.Frames.Where(frame => !frame.Bookmarks.IsEmpty).Select(frame => frame.Bookmarks[0]).ToArray();

        foreach (var bookmark in bookmarks)
        {
            player.Send(new Wake(bookmark.Id, bookmark.Kind, default, TimeSpan.Zero, Player.Noon));
        }

        Assert.Single(player.Ran, "after");
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_loop_back_runs_again_and_does_not_count_as_a_branch_to_wait_for()
    {
        var rounds = 0;
        var player = new Player(Drawn.Flowchart("a b d end", "a>b b>d d.Again>b d.Enough>end"));
        player.Begin();
        Assert.Equal(["a", "b", "d"], player.Ran);
        rounds++;

        var again = new Player(Drawn.Flowchart("a b d end", "a>b b>d d.Again>b d.Enough>end")).Answers("d", new Completed("Enough")).Begin();
        Assert.Equal(["a", "b", "d", "end"], again.Ran);
        Assert.Equal(1, rounds);
    }

    [Fact]
    public void An_outcome_without_a_line_ends_that_branch()
    {
        var player = new Player(Drawn.Flowchart("a b", "a.Done>b")).Answers("a", new Completed("Elsewhere")).Begin();

        Assert.Equal(["a"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void The_stream_rule_waits_for_busy_predecessors_and_the_table_says_when_each_mode_starts()
    {
        Assert.Equal(JoinDecision.Wait, Joins.Decide(MergeMode.Stream, arrived: 1, incoming: 2, busy: 1));
        Assert.Equal(JoinDecision.Start, Joins.Decide(MergeMode.Stream, arrived: 1, incoming: 2, busy: 0));
        Assert.Equal(JoinDecision.Wait, Joins.Decide(MergeMode.Merge, arrived: 1, incoming: 2, busy: 0));
        Assert.Equal(JoinDecision.Start, Joins.Decide(MergeMode.Merge, arrived: 2, incoming: 2, busy: 0));
        Assert.Equal(JoinDecision.Wait, Joins.Decide(MergeMode.Converge, arrived: 2, incoming: 3, busy: 0));
        Assert.Equal(JoinDecision.Start, Joins.Decide(MergeMode.Cascade, arrived: 1, incoming: 2, busy: 1));
        Assert.Equal(JoinDecision.Start, Joins.Decide(MergeMode.Race, arrived: 1, incoming: 2, busy: 1));
    }

    [Fact]
    public void A_flowchart_inside_a_flowchart_ends_before_the_outer_goes_on()
    {
        var inner = new JsonObject
        {
            ["id"] = "inner", ["type"] = "Elsa.Flowchart", ["version"] = 1,
            ["activities"] = new JsonArray(new JsonObject { ["id"] = "x", ["type"] = "Test.Step" }),
            ["connections"] = new JsonArray()
        };
        var definition = Drawn.Flowchart("a b", "a>inner inner>b", envelope => envelope["root"]!["activities"]!.AsArray().Add(inner));

        var player = new Player(definition).WaitsAt("x").Begin();
        Assert.Equal(["a", "x"], player.Ran);
        player.Wake("x");
        Assert.Equal(["a", "x", "x", "b"], player.Ran);
    }

    private static Player Joined(string mode) => new Player(Drawn.Flowchart(
        "f:FlowFork l r j:FlowJoin after", "f.L>l f.R>r l>j r>j j>after",
        envelope => Drawn.Find(envelope, "j")["mode"] = Drawn.Literal(mode))).Inputs("f", new { branches = new[] { "L", "R" } });
}
