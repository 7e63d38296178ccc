using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class InvariantTests : FlowStoreTests
{
    private async Task Finds(string code, Guid example)
    {
        var violation = Assert.Single(await Store.CheckInvariants(TimeSpan.Zero, default));
        Assert.Equal((code, example.ToString()), (violation.Code, violation.Example));
        Assert.NotEmpty(violation.What);
    }

    [Fact]
    public async Task Nothing_is_found_in_a_store_at_work()
    {
        await Waiting(A.Event("go"), A.Timer(A.Noon), A.Task());
        await Finish(await Started());
        await Start(A.Start());
        await Started();
        await Store.Publish(A.Published("go"), default);

        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task K6_an_instance_that_waits_for_nothing_is_found()
    {
        var id = await Waiting(A.Event("go"));
        await Ask("delete from bookmark");

        await Finds("K6", id);
    }

    [Fact]
    public async Task K7_a_bookmark_of_a_finished_instance_is_found()
    {
        var bookmark = A.Event("go");
        await Waiting(bookmark);
        await Ask("update instance set status = 8");

        await Finds("K7", bookmark.Id);
    }

    [Fact]
    public async Task K8_a_timer_without_its_bookmark_is_found()
    {
        var timer = A.Timer(A.Noon.AddDays(1));
        await Waiting(timer, A.Event("go"));
        await Ask($"delete from bookmark where id = '{timer.Id}'");

        await Finds("K8", timer.Id);
    }

    [Fact]
    public async Task K9_mail_that_wakes_nobody_is_found()
    {
        var id = (await Start(A.Start())).InstanceId;
        await Ask("delete from work");
        await Ask("update instance set status = 2");
        await Commit(A.Wait(await Started(), A.Event("go")));

        var codes = (await Store.CheckInvariants(TimeSpan.Zero, default)).Select(violation => (violation.Code, violation.Example));
        Assert.Contains(("K9", id.ToString()), codes);
    }

    [Fact]
    public async Task K10_a_child_that_ended_without_telling_its_parent_is_found()
    {
        var bookmark = A.Child();
        var parent = await Waiting(bookmark);
        var child = (await Start(A.Start(claimFor: Node) with { Parent = new(parent, bookmark.Id) })).Claim!;
        await Finish(child);

        await Finds("K10", child.InstanceId);
    }

    [Fact]
    public async Task K10_a_child_whose_mail_is_on_its_way_is_in_order()
    {
        var bookmark = A.Child();
        var parent = await Waiting(bookmark);
        var child = (await Start(A.Start(claimFor: Node) with { Parent = new(parent, bookmark.Id) })).Claim!;
        var mail = new NewMail(parent, MailKind.Child, A.Json(new ChildEnded(child.InstanceId, "Finished", A.Json(null))), BookmarkId: bookmark.Id);
        await Commit(A.Burst(child, Workflows.Kernel.InstanceStatus.Finished) with { Outbox = [A.Mails(mail)] });
        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));

        await Store.Relay(10, default);

        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task What_is_younger_than_the_grace_period_is_left_alone()
    {
        await Waiting(A.Event("go"));
        await Ask("delete from bookmark");

        Assert.Empty(await Store.CheckInvariants(TimeSpan.FromMinutes(2), default));
        await Later(TimeSpan.FromMinutes(2));
        Assert.Single(await Store.CheckInvariants(TimeSpan.FromMinutes(2), default));
    }

    public sealed class OnSqlite : InvariantTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : InvariantTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
