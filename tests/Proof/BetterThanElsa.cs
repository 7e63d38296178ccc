using System.Text;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>What was seen to go wrong on a running Elsa 3.8, each as a test that passes here.</summary>
public abstract class BetterThanElsa : ProofTests
{
    // Elsa: the branch after the fault still ran and left a bookmark that nothing can ever use.
    [Fact]
    public async Task After_a_fault_no_other_branch_begins_and_nothing_waits_until_it_is_mended()
    {
        await Engine.Publish(Fork("fork-fault"));
        var id = await Engine.Start("fork-fault");

        Assert.Equal(InstanceStatus.Faulted, await StatusOf(id));
        Assert.Empty(Deeds.Of(id));
        Assert.Equal(0, await Count("bookmark"));

        FailStep.Mended[id] = true;
        await Engine.Flows.Retry(id, null, "operator", CancellationToken.None);
        await Engine.Quiet();
        await Engine.Flows.Publish(Event("go"), CancellationToken.None);
        await Engine.Quiet();
        Assert.Equal(["after", "other"], Deeds.Of(id).Order(StringComparer.Ordinal));
        Assert.Equal(InstanceStatus.Finished, await StatusOf(id));
    }

    // Elsa: with ContinueWithIncidents the instance stays Running/Suspended for ever, without anything that could end it.
    [Fact]
    public async Task With_the_continue_strategy_the_other_branch_goes_on_and_what_is_left_is_an_incident_and_no_zombie()
    {
        await Engine.Publish(Fork("fork-continue", "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core"));
        var id = await Engine.Start("fork-continue");
        await Engine.Flows.Publish(Event("go"), CancellationToken.None);
        await Engine.Quiet();

        Assert.Equal(["other"], Deeds.Of(id));
        Assert.Equal(InstanceStatus.Faulted, await StatusOf(id));
        Assert.Equal("1", await Ask($"select incidents from instance where id = '{id}'"));

        FailStep.Mended[id] = true;
        await Engine.Flows.Retry(id, null, "operator", CancellationToken.None);
        await Engine.Quiet();
        Assert.Equal(InstanceStatus.Finished, await StatusOf(id));
    }

    // Elsa: a child that faulted resumes its parent as if it had completed.
    [Theory]
    [InlineData("DispatchWorkflow")]
    [InlineData("ExecuteWorkflow")]
    public async Task A_child_that_faulted_is_seen_at_its_parent_which_goes_on_waiting(string how)
    {
        await Engine.Publish(Notes("broken-child", "f", "", envelope => Breaks(envelope, "f")));
        await Engine.Publish(Notes("its-parent", $"c:{how} b", "c>b", envelope =>
        {
            Set(envelope, "c", "workflowDefinitionId", "broken-child");
            Set(envelope, "c", "waitForCompletion", true);
        }));
        var id = await Engine.Start("its-parent");

        Assert.Empty(Deeds.Of(id));
        Assert.Equal("1", await Ask($"select incidents from instance where id = '{id}'"));
        Assert.Contains("planted", await Ask($"select fault_message from instance where id = '{id}'"), StringComparison.Ordinal);

        var child = Guid.Parse(await Ask($"select id from instance where parent_id = '{id}'"));
        FailStep.Mended[child] = true;
        await Engine.Flows.Retry(child, null, "operator", CancellationToken.None);
        await Engine.Quiet();
        Assert.Equal(["b"], Deeds.Of(id));
        Assert.Equal("0", await Ask($"select incidents from instance where id = '{id}'"));
    }

    // Elsa keeps it for ten minutes; here for a week and over a crash.
    [Fact]
    public async Task An_event_that_comes_first_is_kept_over_a_crash()
    {
        await Engine.Publish(Notes("early", "e:Event b", "e>b", envelope => Set(envelope, "e", "eventName", "paid")));
        await Engine.Flows.Publish(Event("paid", "case-1"), CancellationToken.None);
        await Engine.TimePasses(TimeSpan.FromDays(6));
        await Engine.Reboot();

        var id = await Engine.Start("early", correlationId: "case-1");

        Assert.Equal(["b"], Deeds.Of(id));
    }

    // Elsa: HTTP 200 and no effect.
    [Fact]
    public async Task Whoever_speaks_to_a_cancelled_instance_hears_that_it_is_over()
    {
        await Engine.Publish(Notes("ended", "e:Event b", "e>b", envelope => Set(envelope, "e", "eventName", "go")));
        var id = await Engine.Start("ended", correlationId: "c");
        var bookmark = Guid.Parse(await Ask($"select id from bookmark where instance_id = '{id}'"));
        await Engine.Flows.Cancel(id, "no longer needed", "operator", CancellationToken.None);
        await Engine.Quiet();

        var late = await Engine.Store.Send(new NewMail(id, MailKind.Event, FlowJson.Of<object?>(null), BookmarkId: bookmark), CancellationToken.None);
        Assert.NotEqual(MailReceipt.Delivered, late);
        Assert.NotEqual(MailReceipt.Delivered, await Engine.Flows.Retry(id, null, "operator", CancellationToken.None));
        Assert.Equal(new PublishReceipt(0, true), await Engine.Flows.Publish(Event("go", "c"), CancellationToken.None));
    }

    // Elsa: the bookmark's row stays, and no entry is written.
    [Fact]
    public async Task A_cancel_removes_what_waits_and_says_who_and_why()
    {
        await Engine.Publish(Notes("cancelled", "a e:Event d:Delay", "a>e a>d", envelope =>
        {
            Set(envelope, "e", "eventName", "go");
            Set(envelope, "d", "timeSpan", "1.00:00:00");
        }));
        var id = await Engine.Start("cancelled");
        Assert.Equal((2, 1), (await Count("bookmark"), await Count("timer")));

        await Engine.Flows.Cancel(id, "family moved away", "wang", CancellationToken.None);
        await Engine.Quiet();

        Assert.Equal((0, 0), (await Count("bookmark"), await Count("timer")));
        Assert.Equal(InstanceStatus.Cancelled, await StatusOf(id));
        var written = Encoding.UTF8.GetString(await LastBurst(id));
        Assert.Contains("family moved away", written, StringComparison.Ordinal);
        Assert.Contains("wang", written, StringComparison.Ordinal);
    }

    // Elsa: the whole rest of the workflow ran twice.
    [Fact]
    public async Task A_bookmark_that_is_resumed_in_two_ways_at_once_runs_once()
    {
        await Engine.Publish(Notes("two-ways", "e:Event k2 k3", "e>k2 k2>k3", envelope => Set(envelope, "e", "eventName", "go")));
        for (var round = 1; round <= 10; round++)
        {
            var correlation = $"c-{round}";
            var id = await Engine.Start("two-ways", correlationId: correlation);
            var bookmark = Guid.Parse(await Ask($"select id from bookmark where instance_id = '{id}'"));
            var byId = new NewMail(id, MailKind.Event, FlowJson.Of<object?>(null), BookmarkId: bookmark);

            await Task.WhenAll(
                Engine.Store.Send(byId, CancellationToken.None),
                Engine.Flows.Publish(Event("go", correlation), CancellationToken.None),
                Engine.Store.Send(byId, CancellationToken.None));
            await Engine.Quiet();

            Assert.Equal(["k2", "k3"], Deeds.Of(id));
        }
    }

    // Elsa: last writer wins, the join never fires.
    [Fact]
    public async Task Two_branches_that_are_resumed_at_once_meet()
    {
        await Engine.Publish(Notes("meet", "a x:Event y:Event j:FlowJoin after", "a>x a>y x>j y>j j>after", envelope =>
        {
            Set(envelope, "x", "eventName", "X");
            Set(envelope, "y", "eventName", "Y");
            Set(envelope, "j", "mode", "WaitAll");
        }));
        for (var round = 1; round <= 10; round++)
        {
            var id = await Engine.Start("meet", correlationId: $"c-{round}");
            await Task.WhenAll(
                Engine.Flows.Publish(Event("X", $"c-{round}"), CancellationToken.None),
                Engine.Flows.Publish(Event("Y", $"c-{round}"), CancellationToken.None));
            await Engine.Quiet();

            Assert.Equal(["a", "after"], Deeds.Of(id));
        }
    }

    private static string Fork(string id, string? strategy = null) => Notes(id, "fork:FlowFork boom afterBoom other e:Event after", "fork.B>boom boom>afterBoom fork.O>other other>e e>after", envelope =>
    {
        Drawn.Find(envelope, "fork")["branches"] = Drawn.Literal(new[] { "B", "O" });
        Breaks(envelope, "boom");
        Drawn.Find(envelope, "afterBoom")["text"] = Drawn.Literal("after");
        Drawn.Find(envelope, "after")["type"] = "Elsa.WriteLine";
        Set(envelope, "e", "eventName", "go");
        if (strategy is not null)
            envelope["options"] = new JsonObject { ["incidentStrategyType"] = strategy };
    });

    private Task<byte[]> LastBurst(Guid id) => Engine.Store.Change(async (unit, cancellationToken) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = $"select events from journal where instance_id = '{id}' order by seq desc limit 1";
        return (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }, CancellationToken.None);

    public sealed class OnSqlite : BetterThanElsa
    {
        protected override Task<Func<IFlowStore>> Database() => OnFile();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : BetterThanElsa
    {
        protected override Task<Func<IFlowStore>> Database() => OnServer();
    }
}
