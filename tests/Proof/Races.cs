using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>Many who say the same at the same time, and definitions that mean no good.</summary>
public abstract class Races : ProofTests
{
    private const int Senders = 20;

    [Fact]
    public async Task One_event_from_many_senders_under_one_key_wakes_once_and_is_not_kept()
    {
        await Engine.Publish(Notes("one-event", "e:Event a e2:Event b", "e>a a>e2 e2>b", envelope =>
        {
            Set(envelope, "e", "eventName", "go");
            Set(envelope, "e2", "eventName", "go");
        }));
        var id = await Engine.Start("one-event", correlationId: "c");

        var receipts = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ =>
            Engine.Flows.Publish(Event("go", "c") with { DedupKey = "go-1" }, CancellationToken.None)));
        await Engine.Quiet();

        Assert.Equal(1, receipts.Sum(receipt => receipt.Delivered));
        Assert.Equal(["a"], Deeds.Of(id));
        Assert.Equal(0, await Count("parked_event"));
    }

    [Fact]
    public async Task Many_events_at_once_are_each_used_once()
    {
        var steps = string.Join(' ', Enumerable.Range(1, Senders).Select(i => $"e{i}:Event"));
        var lines = string.Join(' ', Enumerable.Range(1, Senders - 1).Select(i => $"e{i}>e{i + 1}"));
        await Engine.Publish(Notes("many-events", steps + " b", $"{lines} e{Senders}>b", envelope =>
        {
            for (var i = 1; i <= Senders; i++)
                Set(envelope, $"e{i}", "eventName", "go");
        }));
        var id = await Engine.Start("many-events", correlationId: "c");

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Engine.Flows.Publish(Event("go", "c"), CancellationToken.None)));
        await Engine.Quiet();

        Assert.Equal(["b"], Deeds.Of(id));
        Assert.Equal(0, await Count("parked_event"));
    }

    [Fact]
    public async Task Of_many_who_decide_a_task_at_once_one_decides()
    {
        await Engine.Publish(Notes("decide", "t yes no", "t.Yes>yes t.No>no", envelope =>
        {
            Drawn.Find(envelope, "t")["type"] = "Test.Decide";
            Drawn.Find(envelope, "t")["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["ignoredOutcomes"] = new System.Text.Json.Nodes.JsonArray("Late") };
        }));
        for (var round = 1; round <= 5; round++)
        {
            var id = await Engine.Start("decide");
            var task = await Engine.OpenTask();

            var receipts = await Task.WhenAll(Enumerable.Range(0, Senders).Select(i =>
                Engine.Flows.Act(new TaskDeed(task, TaskVerb.Complete, $"staff-{i}", Outcome: i % 2 == 0 ? "Yes" : "No"), CancellationToken.None)));
            await Engine.Quiet();

            Assert.Single(receipts, receipt => receipt.Outcome == TaskOutcome.Done);
            Assert.All(receipts, receipt => Assert.True(receipt.Outcome is TaskOutcome.Done or TaskOutcome.WrongState, receipt.ToString()));
            var decided = await Ask($"select outcome from task where id = '{task}'");
            Assert.Equal([decided == "Yes" ? "yes" : "no"], Deeds.Of(id));
        }
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("var a = 'x'; while (true) { a = a + a; } ")]
    [InlineData("var a = []; while (true) { a.push([1, 2, 3]); }")]
    [InlineData("(function f() { return f(); })()")]
    public async Task An_expression_without_end_is_an_incident_that_says_so_and_the_others_go_on(string script)
    {
        await Engine.Publish(Notes("endless", "a b", "a>b", envelope => Drawn.Find(envelope, "b")["text"] = Drawn.Script(script)));
        await Engine.Publish(Notes("calm", "a", ""));

        var endless = await Engine.Start("endless");
        var calm = await Engine.Start("calm");

        Assert.Equal(["a"], Deeds.Of(calm));
        Assert.Equal(["a"], Deeds.Of(endless));
        Assert.Equal(InstanceStatus.Faulted, await StatusOf(endless));
        Assert.Equal("b", await Ask($"select fault_activity from instance where id = '{endless}'"));
        Assert.NotEqual("", await Ask($"select fault_message from instance where id = '{endless}'"));
        Assert.Equal(MailReceipt.Delivered, await Engine.Flows.Cancel(endless, null, "operator", CancellationToken.None));
        await Engine.Quiet();
        Assert.Equal(InstanceStatus.Cancelled, await StatusOf(endless));
    }

    public sealed class OnSqlite : Races
    {
        protected override Task<Func<IFlowStore>> Database() => OnFile();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : Races
    {
        protected override Task<Func<IFlowStore>> Database() => OnServer();
    }
}
