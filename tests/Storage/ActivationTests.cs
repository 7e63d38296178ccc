using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class ActivationTests : FlowStoreTests
{
    [Theory]
    [InlineData(Activation.Always, "inquiry", "c", true)]
    [InlineData(Activation.Singleton, "inquiry", "c", false)]
    [InlineData(Activation.Singleton, "inquiry", "d", false)]
    [InlineData(Activation.Singleton, "other", "c", true)]
    [InlineData(Activation.Correlation, "inquiry", "c", false)]
    [InlineData(Activation.Correlation, "other", "c", false)]
    [InlineData(Activation.Correlation, "inquiry", "d", true)]
    [InlineData(Activation.Correlation, "inquiry", null, true)]
    [InlineData(Activation.CorrelatedSingleton, "inquiry", "c", false)]
    [InlineData(Activation.CorrelatedSingleton, "inquiry", "d", true)]
    [InlineData(Activation.CorrelatedSingleton, "other", "c", true)]
    [InlineData(Activation.CorrelatedSingleton, "inquiry", null, true)]
    public async Task A_start_is_judged_by_what_runs(Activation activation, string definition, string? correlation, bool isStarted)
    {
        var first = (await Start(One(Activation.Always, "inquiry", "c"))).InstanceId;

        var receipt = await Start(One(activation, definition, correlation));

        Assert.Equal(isStarted ? StartOutcome.Started : StartOutcome.NotActivated, receipt.Outcome);
        Assert.Equal(isStarted, receipt.InstanceId != first);
    }

    [Fact]
    public async Task Two_without_a_correlation_exclude_each_other_in_a_correlated_singleton()
    {
        Assert.Equal(StartOutcome.Started, (await Start(One(Activation.CorrelatedSingleton, "inquiry", null))).Outcome);
        Assert.Equal(StartOutcome.NotActivated, (await Start(One(Activation.CorrelatedSingleton, "inquiry", null))).Outcome);
    }

    [Fact]
    public async Task When_the_first_has_ended_the_next_may_start()
    {
        var claim = (await Start(One(Activation.Singleton, "inquiry", null) with { ClaimFor = Node })).Claim!;
        Assert.Equal(StartOutcome.NotActivated, (await Start(One(Activation.Singleton, "inquiry", null))).Outcome);

        await Finish(claim);

        Assert.Equal(StartOutcome.Started, (await Start(One(Activation.Singleton, "inquiry", null))).Outcome);
    }

    [Fact]
    public async Task Of_many_that_start_at_once_one_starts()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Start(One(Activation.Singleton, "inquiry", null))));

        var started = Assert.Single(receipts, receipt => receipt.Outcome == StartOutcome.Started);
        Assert.All(receipts, receipt => Assert.Equal(started.InstanceId, receipt.InstanceId));
        Assert.Equal(1, await Ask("select count(*) from instance"));
    }

    [Fact]
    public async Task A_repeat_with_its_key_gets_the_first_answer_though_the_first_still_runs()
    {
        var start = One(Activation.Singleton, "inquiry", null) with { Key = new IdempotencyKey("test", "k", "hash"), Answer = new StoredAnswer(202, "{}") };
        await Start(start);

        var repeat = await Start(start with { Id = Guid.CreateVersion7() });

        Assert.Equal((StartOutcome.Repeated, start.Id), (repeat.Outcome, repeat.InstanceId));
    }

    [Fact]
    public async Task A_refused_start_leaves_its_key_free()
    {
        var first = (await Start(One(Activation.Singleton, "inquiry", null) with { ClaimFor = Node })).Claim!;
        var start = One(Activation.Singleton, "inquiry", null) with { Key = new IdempotencyKey("test", "k", "hash"), Answer = new StoredAnswer(202, "{}") };
        Assert.Equal(StartOutcome.NotActivated, (await Start(start)).Outcome);
        await Finish(first);

        Assert.Equal(StartOutcome.Started, (await Start(start)).Outcome);
    }

    [Fact]
    public async Task A_child_that_is_excluded_tells_the_parent_that_waits()
    {
        await Single("child");
        await Start(One(Activation.Always, "child", null));
        var parent = await Started();
        var wait = A.Child();
        var start = new ChildStart(Guid.CreateVersion7(), "child", A.Json(new { }), ParentId: parent.InstanceId, ParentBookmark: wait.Id);
        await Commit(A.Wait(parent, wait) with { Outbox = [A.Starts(start)] });

        await Store.Relay(10, default);

        var mail = Assert.Single((await ClaimOf(parent.InstanceId)).Mail);
        Assert.Equal(MailKind.Child, mail.Kind);
        Assert.Equal("Faulted", FlowJson.To<ChildEnded>(mail.Payload)!.Status);
        Assert.Equal(0, await Store.Relay(10, default));
        Assert.Equal(1, await Ask("select count(*) from outbox where state = 3"));
    }

    [Fact]
    public async Task A_triggered_start_that_is_excluded_is_noted_and_not_tried_again()
    {
        await Single("inquiry", new NewTrigger("begin", TriggerKind.Event, "paid"));
        await Start(One(Activation.Always, "inquiry", null));

        await Store.Publish(A.Published("paid"), default);
        await Store.Relay(10, default);

        Assert.Equal(0, await Store.Relay(10, default));
        Assert.Equal(1, await Ask("select count(*) from outbox where state = 2 and last_error like 'Not started%'"));
        Assert.Equal(1, await Ask("select count(*) from instance"));
    }

    private static NewInstance One(Activation activation, string definition, string? correlation) =>
        A.Start() with { DefinitionId = definition, CorrelationId = correlation, Activation = activation };

    private async Task Single(string id, params NewTrigger[] triggers) => Assert.True((await Store.SaveDefinition(
        A.Definition(1, isPublished: true, id: id) with { Activation = Activation.Singleton, Triggers = [.. triggers] }, default)).IsSaved);

    public sealed class OnSqlite : ActivationTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ActivationTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
