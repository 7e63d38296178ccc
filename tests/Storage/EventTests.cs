using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class EventTests : FlowStoreTests
{
    [Fact]
    public async Task An_event_consumes_the_bookmark_and_brings_its_payload()
    {
        var bookmark = A.Event("paid");
        var id = await Waiting(bookmark);

        Assert.Equal(new PublishReceipt(1, false), await Store.Publish(A.Published("paid", payload: new { fen = 5 }), default));

        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((MailKind.Event, (Guid?)bookmark.Id), (mail.Kind, mail.BookmarkId));
        Assert.Equal(5, mail.Payload.GetProperty("fen").GetInt32());
        Assert.Equal(A.Noon, mail.At);
        Assert.Equal(0, await Ask("select count(*) from bookmark"));
    }

    [Fact]
    public async Task A_bookmark_is_consumed_at_most_once()
    {
        await Waiting(A.Event("paid"));
        await Store.Publish(A.Published("paid"), default);

        Assert.Equal(new PublishReceipt(0, true), await Store.Publish(A.Published("paid"), default));
        Assert.Single((await ClaimOne()).Mail);
    }

    [Fact]
    public async Task Another_name_matches_nothing()
    {
        await Waiting(A.Event("paid"));

        Assert.Equal(0, (await Store.Publish(A.Published("Paid"), default)).Delivered);
        await NothingIsReady();
    }

    [Fact]
    public async Task An_event_for_one_case_wakes_only_bookmarks_of_that_case_or_of_any()
    {
        var mine = await Waiting(A.Event("paid", "case-1"));
        await Waiting(A.Event("paid", "case-2"));
        var any = await Waiting(A.Event("paid"));

        Assert.Equal(2, (await Store.Publish(A.Published("paid", "case-1"), default)).Delivered);

        Assert.Equal(new[] { mine, any }.Order(), (await ClaimAll()).Select(claim => claim.InstanceId).Order());
    }

    [Fact]
    public async Task A_broadcast_wakes_every_bookmark_of_that_name_whatever_its_case()
    {
        await Waiting(A.Event("closed", "case-1"));
        await Waiting(A.Event("closed", "case-2"));
        await Waiting(A.Event("closed"));

        Assert.Equal(new PublishReceipt(3, false), await Store.Publish(A.Published("closed"), default));
        Assert.Equal(3, (await ClaimAll()).Count);
    }

    [Fact]
    public async Task Two_bookmarks_of_one_instance_get_a_mail_each_and_count_as_one_receiver()
    {
        var id = await Waiting(A.Event("paid", "a"), A.Event("paid"));

        Assert.Equal(1, (await Store.Publish(A.Published("paid", "a"), default)).Delivered);
        Assert.Equal(2, (await ClaimOf(id)).Mail.Length);
    }

    [Theory]
    [InlineData("case-1", "case-1", true)]
    [InlineData("case-1", null, true)]
    [InlineData(null, "case-1", true)]
    [InlineData(null, null, true)]
    [InlineData("case-1", "case-2", false)]
    public async Task An_early_event_is_parked_for_the_bookmark_that_comes_if_it_matches(string? published, string? waited, bool isTaken)
    {
        Assert.Equal(new PublishReceipt(0, true), await Store.Publish(A.Published("paid", published, "early"), default));
        var claim = await Started();
        var bookmark = A.Event("paid", waited);

        var receipt = await Commit(A.Wait(claim, bookmark));

        Assert.Equal(isTaken, receipt.MoreMail);
        if (isTaken)
        {
            var mail = Assert.Single((await ClaimOne()).Mail);
            Assert.Equal((MailKind.Event, (Guid?)bookmark.Id, "early"), (mail.Kind, mail.BookmarkId, mail.Payload.GetString()));
            Assert.Equal(0, await Ask("select count(*) from bookmark"));
        }

        Assert.Equal(isTaken ? 0 : 1, await Ask("select count(*) from parked_event"));
    }

    [Fact]
    public async Task A_parked_event_is_taken_once_and_the_oldest_first()
    {
        await Store.Publish(A.Published("paid", payload: 1), default);
        await Later(TimeSpan.FromSeconds(1));
        await Store.Publish(A.Published("paid", payload: 2), default);

        await Waiting(A.Event("paid"));
        Assert.Equal(1, (await ClaimOne()).Mail[0].Payload.GetInt32());
        await Waiting(A.Event("paid"));
        Assert.Equal(2, (await ClaimOne()).Mail[0].Payload.GetInt32());
        await Waiting(A.Event("paid"));
        await NothingIsReady();
    }

    [Fact]
    public async Task A_parked_event_is_forgotten_when_its_time_is_over()
    {
        await Store.Publish(A.Published("paid") with { KeepFor = TimeSpan.FromHours(1) }, default);
        await Later(TimeSpan.FromHours(2));

        await Waiting(A.Event("paid"));

        await NothingIsReady();
    }

    [Fact]
    public async Task An_event_that_is_not_to_be_kept_is_dropped_when_nobody_waits()
    {
        Assert.Equal(new PublishReceipt(0, false), await Store.Publish(A.Published("tick") with { KeepFor = TimeSpan.Zero }, default));
        await Waiting(A.Event("tick"));

        await NothingIsReady();
    }

    [Fact]
    public async Task A_second_publish_with_the_same_key_does_nothing()
    {
        var id = await Waiting(A.Event("paid"));
        await Store.Publish(A.Published("paid") with { DedupKey = "receipt-7" }, default);
        await Commit(A.Wait(await ClaimOf(id), A.Event("paid")));

        Assert.Equal(new PublishReceipt(0, false), await Store.Publish(A.Published("paid") with { DedupKey = "receipt-7" }, default));
        await NothingIsReady();
        Assert.Equal(1, (await Store.Publish(A.Published("paid") with { DedupKey = "receipt-8" }, default)).Delivered);
    }

    [Fact]
    public async Task An_event_whose_bookmark_the_running_burst_has_dropped_is_parked_again()
    {
        var (paid, stop) = (A.Event("paid", "case-1"), A.Event("stop"));
        var id = await Waiting(paid, stop);
        await Store.Publish(A.Published("stop"), default);
        var claim = await ClaimOf(id);
        await Store.Publish(A.Published("paid", "case-1", "kept"), default);

        await Commit(A.Wait(claim, A.Event("never")) with { Dropped = [paid.Id] });

        Assert.Equal(0, await Ask("select count(*) from inbox"));
        var next = await Waiting(A.Event("paid", "case-1"));
        Assert.Equal("kept", (await ClaimOf(next)).Mail[0].Payload.GetString());
    }

    [Fact]
    public async Task An_event_that_a_dropped_bookmark_left_goes_to_a_new_bookmark_of_the_same_burst()
    {
        var (paid, stop) = (A.Event("paid"), A.Event("stop"));
        var id = await Waiting(paid, stop);
        await Store.Publish(A.Published("stop"), default);
        var claim = await ClaimOf(id);
        await Store.Publish(A.Published("paid", payload: "kept"), default);
        var again = A.Event("paid");

        Assert.True((await Commit(A.Wait(claim, again) with { Dropped = [paid.Id] })).MoreMail);

        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((again.Id, "kept"), (mail.BookmarkId!.Value, mail.Payload.GetString()));
    }

    [Fact]
    public async Task An_unread_event_of_an_instance_that_finishes_is_parked_again()
    {
        var id = await Waiting(A.Event("paid"), A.Event("stop"));
        await Store.Publish(A.Published("stop"), default);
        var claim = await ClaimOf(id);
        await Store.Publish(A.Published("paid", payload: "kept"), default);

        await Finish(claim);

        var next = await Waiting(A.Event("paid"));
        Assert.Equal("kept", (await ClaimOf(next)).Mail[0].Payload.GetString());
    }

    [Fact]
    public async Task A_refused_burst_takes_no_parked_event_away()
    {
        await Store.Publish(A.Published("paid"), default);
        var twice = A.Event("other");
        var claim = await Started();

        Assert.Equal(CommitOutcome.Refused, (await Commit(A.Wait(claim, A.Event("paid"), twice, twice))).Outcome);

        Assert.Equal(1, await Ask("select count(*) from parked_event"));
    }

    [Fact]
    public async Task Publishing_and_waiting_at_the_same_time_never_miss_each_other()
    {
        for (var round = 0; round < 20; round++)
        {
            var claim = await Started();
            await Task.WhenAll(Commit(A.Wait(claim, A.Event($"race-{round}"))), Store.Publish(A.Published($"race-{round}"), default));

            Assert.Equal(MailKind.Event, Assert.Single((await ClaimOf(claim.InstanceId)).Mail).Kind);
        }
    }

    [Fact]
    public async Task Mail_with_a_key_is_taken_once_even_after_it_was_read()
    {
        var id = await Waiting(A.Event("go"));
        var mail = new NewMail(id, MailKind.Suspend, A.Json("once"), "key");
        Assert.Equal(MailReceipt.Delivered, await Store.Send(mail, default));
        await Commit(A.Wait(await ClaimOf(id), A.Event("more")));

        Assert.Equal(MailReceipt.Repeated, await Store.Send(mail, default));
        await NothingIsReady();
    }

    [Fact]
    public async Task Mail_for_a_bookmark_consumes_it_and_later_mail_for_it_changes_nothing()
    {
        var bookmark = A.Child();
        var id = await Waiting(bookmark);
        var mail = new NewMail(id, MailKind.Child, A.Json("ended"), BookmarkId: bookmark.Id);

        Assert.Equal(MailReceipt.Delivered, await Store.Send(mail, default));
        Assert.Equal(MailReceipt.Late, await Store.Send(mail, default));

        Assert.Equal(bookmark.Id, Assert.Single((await ClaimOf(id)).Mail).BookmarkId);
    }

    [Fact]
    public async Task Late_mail_leaves_its_key_unused()
    {
        var bookmark = A.Child();
        var id = await Waiting(A.Event("go"));
        Assert.Equal(MailReceipt.Late, await Store.Send(new NewMail(id, MailKind.Child, default, "key", bookmark.Id), default));

        Assert.Equal(MailReceipt.Delivered, await Store.Send(new NewMail(id, MailKind.Suspend, default, "key"), default));
    }

    [Fact]
    public async Task Mail_to_nobody_says_so()
    {
        Assert.Equal(MailReceipt.NoInstance, await Store.Send(new NewMail(Guid.CreateVersion7(), MailKind.Cancel, default), default));
        var claim = await Started();
        await Commit(A.Burst(claim, InstanceStatus.Cancelled));
        Assert.Equal(MailReceipt.NoInstance, await Store.Send(new NewMail(claim.InstanceId, MailKind.Cancel, default), default));
    }

    public sealed class OnSqlite : EventTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : EventTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
