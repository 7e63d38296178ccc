using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>The defects of Elsa 3.8 that show in a crash and with timers, each as a test that passes here.</summary>
public abstract class CrashesAndTimers : ProofTests
{
    private const int Many = 5000;

    // Elsa: there is no row at all, or it is never restarted, though the caller may have been answered.
    [Theory]
    [InlineData("Start", false)]
    [InlineData("Start", true)]
    [InlineData("Commit", false)]
    [InlineData("Commit", true)]
    public async Task A_process_that_dies_in_the_middle_of_a_start_leaves_an_instance_that_runs_to_its_end(string call, bool afterTheWrite)
    {
        await Engine.Publish(Notes("start", "k1 k2 k3", "k1>k2 k2>k3"));
        Plan.Arm(call, afterTheWrite);

        // Under an id of the caller's the first burst is a commit of its own, otherwise it is part of the start.
        var id = call == "Start" ? await Engine.Start("start") : Guid.CreateVersion7();
        if (call == "Commit")
            await Engine.Survive(() => Engine.Flows.Start(new StartInstance("start", FlowJson.Of(new { }), "test") { InstanceId = id }, CancellationToken.None));
        await Patience.Until(() => Plan.HasHappened, "It does not die.");
        await Engine.Quiet();

        Assert.Equal(InstanceStatus.Finished, await StatusOf(id));
        Assert.Equal(1, await Count("instance"));
        Assert.Equal(["k1", "k2", "k3"], Deeds.Of(id).Distinct());
    }

    // Elsa: the event is lost with the burst; sent again, effects double.
    [Fact]
    public async Task A_process_that_dies_in_a_burst_keeps_the_event_that_began_it()
    {
        await Engine.Publish(Notes("woken", "e:Event k2 k3", "e>k2 k2>k3", envelope => Set(envelope, "e", "eventName", "go")));
        var id = await Engine.Start("woken", correlationId: "c");
        Plan.Arm("Commit", afterTheWrite: false);

        await Engine.Survive(() => Engine.Flows.Publish(Event("go", "c") with { DedupKey = "go-1" }, CancellationToken.None));
        await Patience.Until(() => Plan.HasHappened, "It does not die.");
        await Engine.Quiet();

        Assert.Equal(InstanceStatus.Finished, await StatusOf(id));
        Assert.Equal(0, await Count("parked_event"));
    }

    // Elsa: System.Timers.Timer throws, and after a restart that one bookmark keeps all other timers from firing.
    [Fact]
    public async Task A_delay_beyond_twenty_five_days_fires_on_time_and_hinders_no_other_after_a_restart()
    {
        await Engine.Publish(Notes("long", "d:Delay b", "d>b", envelope => Set(envelope, "d", "timeSpan", "40.00:00:00")));
        await Engine.Publish(Notes("short", "d:Delay b", "d>b", envelope => Set(envelope, "d", "timeSpan", "01:00:00")));
        var slow = await Engine.Start("long");
        var quick = await Engine.Start("short");
        await Engine.Reboot();

        await Engine.TimePasses(TimeSpan.FromHours(2));
        Assert.Equal(["b"], Deeds.Of(quick));
        await Engine.TimePasses(TimeSpan.FromDays(39));
        Assert.Empty(Deeds.Of(slow));
        await Engine.TimePasses(TimeSpan.FromDays(1));
        Assert.Equal(["b"], Deeds.Of(slow));
    }

    // Elsa: 4,994 fired, six were skipped at a page border.
    [Fact]
    public async Task Five_thousand_timers_that_came_due_while_nobody_was_there_all_fire()
    {
        await Engine.Publish(Notes("due", "d:Delay", "", envelope => Set(envelope, "d", "timeSpan", "01:00:00")));
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (_, cancellationToken) =>
            Assert.IsType<Started>(await Engine.Flows.Start(new StartInstance("due", FlowJson.Of(new { }), "test"), cancellationToken)));
        await Engine.Quiet();
        Assert.Equal(Many, await Count("timer"));

        await Engine.Store.SetClock(Engine.Monday + TimeSpan.FromHours(2), CancellationToken.None);
        await Engine.Reboot();
        await Engine.Quiet();

        Assert.Equal(Many, await Count("instance where status = 8"));
        Assert.Equal((0, 0), (await Count("timer"), await Count("bookmark")));
    }

    public sealed class OnSqlite : CrashesAndTimers
    {
        protected override Task<Func<IFlowStore>> Database() => OnFile();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : CrashesAndTimers
    {
        protected override Task<Func<IFlowStore>> Database() => OnServer();
    }
}
