using System.Text.Json.Nodes;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Kernel;

public sealed class InterpreterTests
{
    private static readonly Faulted Boom = new("activity.exception", "boom");

    [Fact]
    public void After_a_fault_nothing_more_begins_and_the_other_branch_keeps_its_place()
    {
        var player = new Player(Drawn.Flowchart("a boom ok after", "a>boom a>ok ok>after")).Answers("boom", Boom).Begin();

        Assert.Equal(InstanceStatus.Faulted, player.Instance.Status);
        Assert.Equal(["a", "boom"], player.Ran);

        player.Answers("boom", new Completed(Activity.Done)).Send(new Retry(null, "operator", Player.Noon));
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Equal(["a", "boom", "boom", "ok", "after"], player.Ran.OrderBy(name => player.Ran.IndexOf(name)).ToArray());
    }

    [Fact]
    public void With_the_continue_strategy_the_other_branch_goes_on_and_the_instance_never_becomes_a_zombie()
    {
        var definition = Drawn.Flowchart("a boom ok", "a>boom a>ok", envelope =>
            envelope["options"] = new JsonObject { ["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core" });
        var player = new Player(definition).Answers("boom", Boom).Begin();

        Assert.Contains("ok", player.Ran);
        Assert.Equal(InstanceStatus.Faulted, player.Instance.Status);
        Assert.Single(player.Instance.Incidents);

        player.Answers("boom", new Completed(Activity.Done)).Send(new Retry(null, "operator", Player.Noon));
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_retry_policy_tries_again_by_a_timer_with_growing_pauses_and_then_asks_an_operator()
    {
        var definition = Drawn.Flowchart("a", "", envelope => Drawn.Find(envelope, "a")["customProperties"] =
            new JsonObject { ["retryPolicy"] = new JsonObject { ["maxAttempts"] = 3, ["delay"] = "00:01:00", ["factor"] = 2 } });
        var player = new Player(definition).Answers("a", Boom).Begin();

        Assert.Equal(Player.Noon.AddMinutes(1), player.Effects.OfType<SetBookmark>().Single().Bookmark.Due);
        Fire(player);
        Assert.Equal(Player.Noon.AddMinutes(2), player.Effects.OfType<SetBookmark>().Last().Bookmark.Due);
        Assert.Equal(InstanceStatus.Waiting, player.Instance.Status);
        Fire(player);
        Assert.Equal(InstanceStatus.Faulted, player.Instance.Status);
        Assert.Equal(3, player.Instance.Incidents.Single().Attempts);
    }

    [Fact]
    public void Cancel_drops_every_bookmark_and_is_in_the_journal()
    {
        var player = new Player(Drawn.Flowchart("a l r", "a>l a>r")).WaitsAt("l").WaitsAt("r").Begin();
        var standing = player.Instance.Frames.SelectMany(frame => frame.Bookmarks).Select(bookmark => bookmark.Id).ToHashSet();

        player.Send(new Cancel("withdrawn", "clerk", Player.Noon));

        Assert.Equal(InstanceStatus.Cancelled, player.Instance.Status);
        Assert.Equal(standing, player.Effects.OfType<DropBookmark>().Select(drop => drop.Id).ToHashSet());
        Assert.Contains(player.Effects, effect => effect is Note { Event: "Canceled", Ordinal: 0 });
    }

    [Fact]
    public void A_late_or_repeated_stimulus_changes_nothing()
    {
        var player = new Player(Drawn.Flowchart("a b", "a>b")).WaitsAt("a").WaitsAt("b").Begin();
        var bookmark = player.Instance.Frames.SelectMany(frame => frame.Bookmarks).Single();
        player.Wake("a");
        var before = InstanceState.Write(player.Instance);

        player.Send(new Wake(bookmark.Id, bookmark.Kind, default, TimeSpan.Zero, Player.Noon));

        Assert.Equal(before, InstanceState.Write(player.Instance));
    }

    [Fact]
    public void A_stimulus_that_comes_while_the_instance_is_faulted_is_kept_for_after_the_retry()
    {
        var player = new Player(Drawn.Flowchart("a w boom after", "a>w a>boom w>after")).WaitsAt("w").Answers("boom", Boom).Begin();
        Assert.Equal(InstanceStatus.Faulted, player.Instance.Status);

        player.Wake("w");
        Assert.DoesNotContain("after", player.Ran);

        player.Answers("boom", new Completed(Activity.Done)).Send(new Retry(null, "operator", Player.Noon));
        Assert.Contains("after", player.Ran);
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
    }

    [Fact]
    public void A_suspended_instance_stands_still_until_it_is_resumed()
    {
        var player = new Player(Drawn.Flowchart("a b", "a>b")).WaitsAt("a").Begin().Send(new Suspend("audit", "operator", Player.Noon));
        player.Wake("a");
        Assert.Equal(InstanceStatus.Suspended, player.Instance.Status);

        player.Send(new Resume("operator", Player.Noon));
        Assert.Equal(["a", "a", "b"], player.Ran);
    }

    [Fact]
    public void An_activity_that_waits_for_nothing_is_an_incident_and_not_a_silent_stall()
    {
        var player = new Player(Drawn.Flowchart("a", "")).Answers("a", new Waiting([])).Begin();

        Assert.Equal("activity.waitsForNothing", player.Instance.Incidents.Single().Code);
    }

    [Fact]
    public void A_child_that_faults_shows_on_its_parent_which_goes_on_waiting()
    {
        var child = Guid.NewGuid();
        var start = Message.Of(new ChildStart(child, "child", default));
        var player = new Player(Drawn.Flowchart("c after", "c>after")).Answers("c", new Waiting([Bookmark.Child("child", start)])).Begin();

        player.Send(new ChildStopped(child, "boom in the child", Player.Noon));
        Assert.Equal(InstanceStatus.Waiting, player.Instance.Status);
        Assert.Equal("child.faulted", player.Instance.Incidents.Single().Code);

        player.Wake("c");
        Assert.Equal(InstanceStatus.Finished, player.Instance.Status);
        Assert.Empty(player.Instance.Incidents);
    }

    [Fact]
    public void Cancelling_a_parent_cancels_the_child_it_waits_for()
    {
        var child = Guid.NewGuid();
        var player = new Player(Drawn.Flowchart("c", "")).Answers("c", new Waiting([Bookmark.Child("child", Message.Of(new ChildStart(child, "child", default)))])).Begin();

        player.Send(new Cancel(null, null, Player.Noon));

        Assert.Equal(child, player.Effects.OfType<CancelChild>().Single().Child);
    }

    private static void Fire(Player player)
    {
        var timer = player.Instance.Frames.SelectMany(frame => frame.Bookmarks).Single();
        player.Send(new Wake(timer.Id, BookmarkKind.Timer, default, TimeSpan.Zero, Player.Noon));
    }
}
