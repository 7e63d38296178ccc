using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Kernel;

/// <summary>Instances that go over to another version of their definition.</summary>
public sealed class CrossingTests
{
    [Fact]
    public void What_stands_at_a_step_that_both_have_goes_on_by_the_new_drawing_and_back_again_exactly()
    {
        var old = Version(1, Drawn.Flowchart("a b", "a>b"));
        var player = new Player(old).WaitsAt("b").Begin();
        var before = InstanceState.Write(player.Instance);

        player.Send(Over(Version(2, Drawn.Flowchart("a b c", "a>b b>c"))));
        Assert.Equal(["b"], player.WaitingAt);
        player.Send(Over(old));
        Assert.Equal(before, InstanceState.Write(player.Instance));

        player.Send(Over(Version(2, Drawn.Flowchart("a b c", "a>b b>c")))).Wake("b");
        Assert.Equal(["a", "b", "b", "c"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void What_stands_at_a_step_that_is_gone_stays_unless_a_place_is_chosen()
    {
        var player = new Player(Version(1, Drawn.Flowchart("a b", "a>b"))).WaitsAt("b").WaitsAt("c").Begin();
        var next = Version(2, Drawn.Flowchart("a c d", "a>c c>d"));

        player.Send(Over(next));
        Assert.Equal(["b"], player.WaitingAt);
        Assert.Contains("MigrationRefused", Journal(player));
        player.Send(Over(next, ("b", "nowhere")));
        Assert.Equal(["b"], player.WaitingAt);

        player.Send(Over(next, ("b", "c")));
        Assert.Equal(["c"], player.WaitingAt);
        Assert.Contains("Migrated", Journal(player));
        player.Wake("c");
        Assert.Equal(["a", "b", "c", "c", "d"], player.Ran);
    }

    [Fact]
    public void A_step_of_another_kind_begins_again()
    {
        var player = new Player(Version(1, Drawn.Flowchart("a b", "a>b"))).WaitsAt("b").Begin();
        player.Send(Over(Version(2, Drawn.Flowchart("a b:FlowDecision c", "a>b b.True>c"))));

        // What it was before is dropped; a decision without a condition is false, and leads nowhere.
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Equal(["a", "b"], player.Ran);
        Assert.Single(player.Effects.OfType<DropBookmark>());
    }

    [Fact]
    public void A_branch_that_waits_at_a_join_keeps_its_token_or_says_that_it_is_lost()
    {
        Player Waiting() => new Player(Version(1, Drawn.Flowchart("a l r m", "a>l a>r l>m r>m"))).WaitsAt("r").WaitsAt("x").Begin();

        var same = Waiting().Send(Over(Version(2, Drawn.Flowchart("a l r m z", "a>l a>r l>m r>m m>z"))));
        same.Wake("r");
        Assert.Equal(["a", "l", "r", "r", "m", "z"], same.Ran);

        var elsewhere = Version(2, Drawn.Flowchart("a l r n", "a>l a>r l>n r>n"));
        var lost = Waiting().Send(Over(elsewhere));
        Assert.Contains("MigrationRefused", Journal(lost));
        var placed = Waiting().Send(Over(elsewhere, ("m", "n")));
        Assert.Equal(["a", "l", "r", "n"], placed.Ran);

        var crossing = Crossing.Of(Version(1, Drawn.Flowchart("a l r m", "a>l a>r l>m r>m")), Version(2, Drawn.Flowchart("a l r s m", "a>l a>r a>s l>m r>m s>m")), Waiting().Instance, ImmutableDictionary<string, string>.Empty);
        Assert.Equal("m", Assert.Single(crossing.MoreAwaited));
    }

    [Fact]
    public void A_run_that_is_taken_elsewhere_by_hand_does_not_hold_back_the_join_behind_it()
    {
        var player = new Player(Drawn.Flowchart("a l r x m", "a>l a>r l>m r>m x>m")).WaitsAt("r").Begin();
        player.Send(new Move(player.Instance.Frames.Single(frame => frame.ActivityId == "r").Ordinal, "x", "by hand", "li", Player.Noon));

        Assert.Equal(["a", "l", "r", "x", "m"], player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_sequence_goes_on_behind_the_step_where_it_is()
    {
        Definition Steps(int version, params string[] steps) => Version(version, Drawn.Read(Drawn.Envelope(new JsonObject
        {
            ["id"] = "row", ["type"] = "Elsa.Sequence", ["version"] = 1,
            ["activities"] = new JsonArray([.. steps.Select(step => new JsonObject { ["id"] = step, ["type"] = "Test.Step", ["version"] = 1 })])
        })));
        var player = new Player(Steps(1, "a", "b", "c")).WaitsAt("b").Begin();
        player.Send(Over(Steps(2, "b", "new", "c", "a")));
        player.Wake("b");

        Assert.Equal(["a", "b", "b", "new", "c", "a"], player.Ran);
    }

    [Fact]
    public void A_variable_that_was_drawn_anew_keeps_its_value_and_another_type_is_told()
    {
        Definition With(int version, string id, string type) => Version(version, Drawn.Read(Drawn.FlowchartJson("a b", "a>b", envelope =>
            envelope["variables"] = new JsonArray(new JsonObject { ["id"] = id, ["name"] = "Total", ["typeName"] = type }))));
        var old = With(1, "v1", "String");
        var player = new Player(old).WaitsAt("b").Begin();
        player.Send(new Edit(ImmutableDictionary<string, JsonElement>.Empty.Add("v1", JsonSerializer.SerializeToElement("7")), null, null, Player.Noon));

        Assert.Equal("v1", Assert.Single(Crossing.Of(old, With(2, "v1", "Int32"), player.Instance, ImmutableDictionary<string, string>.Empty).OtherTypes));
        player.Send(Over(With(2, "v2", "String")));
        Assert.Equal("7", player.Instance.Variables["v2"].GetString());
    }

    [Fact]
    public void A_version_that_is_no_longer_there_changes_nothing_but_the_journal()
    {
        var player = new Player(Version(1, Drawn.Flowchart("a b", "a>b"))).WaitsAt("b").Begin();
        player.Send(new GoOver(null, ImmutableDictionary<string, string>.Empty, "try", "li", Player.Noon));

        Assert.Equal(["b"], player.WaitingAt);
        Assert.Contains("MendMissed", Journal(player));
    }

    private static IEnumerable<string> Journal(Player player) => player.Effects.OfType<Note>().Select(note => note.Event);

    private static Definition Version(int number, Definition drawn) => drawn with { Version = number, VersionId = $"{drawn.Id}:{number}" };

    private static GoOver Over(Definition to, params (string From, string To)[] places) =>
        new(to, places.ToImmutableDictionary(place => place.From, place => place.To), "law of 2026", "li", Player.Noon);
}
