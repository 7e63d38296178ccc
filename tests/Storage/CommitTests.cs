using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class CommitTests : FlowStoreTests
{
    [Fact]
    public async Task A_commit_raises_the_sequence_and_releases_the_instance()
    {
        var claim = await Started();

        var receipt = await Commit(A.Wait(claim, A.Event("go")));

        Assert.Equal(new CommitReceipt(CommitOutcome.Committed, claim.InstanceId, 1), receipt);
        await NothingIsReady();
        Assert.Equal(1, await Ask("select count(*) from journal"));
    }

    [Fact]
    public async Task A_second_commit_under_the_same_claim_is_fenced_and_writes_nothing()
    {
        var claim = await Started();
        await Commit(A.Wait(claim, A.Event("go")));

        Assert.Equal(CommitOutcome.Fenced, (await Commit(A.Wait(claim, A.Event("twice")))).Outcome);
        Assert.Equal(1, await Ask("select count(*) from bookmark"));
        Assert.Equal(1, await Ask("select count(*) from journal"));
    }

    [Fact]
    public async Task A_zombie_whose_lease_went_to_another_is_fenced()
    {
        await Start(A.Start());
        var zombie = Assert.Single(await ClaimAll(1, TimeSpan.Zero));
        var owner = Assert.Single(await ClaimAll(2));

        Assert.Equal(CommitOutcome.Fenced, (await Commit(A.Wait(zombie, A.Event("zombie")) with { Outbox = [A.Notice()] })).Outcome);
        Assert.Equal(0, await Ask("select count(*) from outbox"));
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(owner, A.Event("go")))).Outcome);
    }

    [Fact]
    public async Task A_zombie_is_fenced_by_its_sequence_even_when_it_holds_the_token()
    {
        var claim = await Started();
        await Commit(A.Burst(claim, InstanceStatus.Running) with { KeepClaim = true });

        Assert.Equal(CommitOutcome.Fenced, (await Commit(A.Burst(claim))).Outcome);
    }

    [Fact]
    public async Task A_lease_that_ran_out_still_commits_while_nobody_else_has_claimed()
    {
        await Start(A.Start());
        var late = Assert.Single(await ClaimAll(1, TimeSpan.Zero));

        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(late, A.Event("go")))).Outcome);
    }

    [Fact]
    public async Task Mail_that_came_during_the_burst_makes_the_instance_ready_again()
    {
        var claim = await Started();
        await Store.Send(new NewMail(claim.InstanceId, MailKind.Suspend, default), default);
        await NothingIsReady();

        Assert.True((await Commit(A.Wait(claim, A.Event("go")))).MoreMail);
        Assert.Equal(MailKind.Suspend, Assert.Single((await ClaimOne()).Mail).Kind);
    }

    [Fact]
    public async Task A_commit_deletes_exactly_the_mail_it_names()
    {
        var id = await Waiting(A.Event("go"));
        await Store.Send(new NewMail(id, MailKind.Suspend, default), default);
        await Store.Send(new NewMail(id, MailKind.Retry, default), default);
        await Store.Send(new NewMail(id, MailKind.Resume, default), default);
        var claim = await ClaimOne();

        await Commit(A.Burst(claim) with { MailRead = [claim.Mail[2].Id], Status = InstanceStatus.Running });

        Assert.Equal([MailKind.Suspend, MailKind.Retry], (await ClaimOne()).Mail.Select(mail => mail.Kind));
    }

    [Fact]
    public async Task A_commit_never_deletes_another_instances_mail()
    {
        var claim = await Started();
        await Start(A.Start());
        var other = await ClaimOne();

        await Commit(A.Burst(claim) with { MailRead = [.. claim.Mail.Select(mail => mail.Id), other.Mail[0].Id] });

        Assert.Equal(1, await Ask("select count(*) from inbox"));
    }

    [Fact]
    public async Task A_running_instance_that_gives_its_claim_back_is_ready_for_anyone()
    {
        var claim = await Started();

        await Commit(A.Burst(claim, InstanceStatus.Running));

        var next = Assert.Single(await ClaimAll(node: 2));
        Assert.Equal(1, next.Seq);
        Assert.Empty(next.Mail);
    }

    [Fact]
    public async Task A_kept_claim_goes_on_under_the_same_token_and_nobody_else_gets_it()
    {
        var claim = await Started();

        var kept = await Commit(A.Burst(claim, InstanceStatus.Running) with { KeepClaim = true });
        Assert.Equal((CommitOutcome.Committed, 1L, false), (kept.Outcome, kept.Seq, kept.MoreMail));
        await NothingIsReady();

        var last = await Commit(A.Wait(claim with { Seq = kept.Seq, Mail = [] }, A.Event("go")));
        Assert.Equal((CommitOutcome.Committed, 2L), (last.Outcome, last.Seq));
        await NothingIsReady();
    }

    [Fact]
    public async Task Mail_that_came_while_a_claim_was_kept_is_not_lost()
    {
        var claim = await Started();
        await Store.Send(new NewMail(claim.InstanceId, MailKind.Suspend, default), default);

        var kept = await Commit(A.Burst(claim, InstanceStatus.Running) with { KeepClaim = true });
        Assert.True(kept.MoreMail);
        await NothingIsReady();
        await Commit(A.Wait(claim with { Seq = kept.Seq, Mail = [] }, A.Event("go")));

        Assert.Equal(MailKind.Suspend, Assert.Single((await ClaimOne()).Mail).Kind);
    }

    [Fact]
    public async Task A_faulted_instance_rests_with_its_bookmarks_and_its_unread_mail_until_new_mail_comes()
    {
        var id = await Waiting(A.Event("go"), A.Event("other"));
        await Store.Publish(A.Published("go"), default);
        var claim = await ClaimOne();
        await Commit(A.Burst(claim, InstanceStatus.Faulted) with { MailRead = [], Incidents = 1, Fault = new Fault("activity.exception", "no", "step", 5) });
        await NothingIsReady();
        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));

        await Store.Send(new NewMail(id, MailKind.Retry, default), default);

        Assert.Equal([MailKind.Event, MailKind.Retry], (await ClaimOne()).Mail.Select(mail => mail.Kind));
        Assert.Equal(1, await Ask("select count(*) from bookmark"));
        Assert.Equal(1, await Ask("select incidents from instance"));
    }

    [Fact]
    public async Task A_finished_instance_leaves_no_bookmark_timer_mail_or_work_and_its_open_tasks_are_cancelled()
    {
        var task = A.Task();
        var id = await Waiting(A.Event("go"), A.Timer(A.Noon.AddDays(1)), task);
        await Store.Publish(A.Published("go"), default);
        var claim = await ClaimOf(id);
        await Store.Send(new NewMail(id, MailKind.Suspend, default), default);

        await Finish(claim);

        Assert.Equal(0, await Ask("select (select count(*) from bookmark) + (select count(*) from timer) + (select count(*) from inbox) + (select count(*) from work)"));
        Assert.Equal("Cancelled", (await Store.Act(new TaskDeed(task.Id, TaskVerb.Claim, "ann"), default)).State);
        Assert.Equal(MailReceipt.NoInstance, await Store.Send(new NewMail(id, MailKind.Cancel, default), default));
        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task One_burst_that_the_database_refuses_does_not_sink_its_group()
    {
        var (first, bad, last) = (await Started(), await Started(), await Started());
        var twice = A.Event("go");

        var receipts = await Store.Commit([A.Wait(first, A.Event("go")), A.Wait(bad, twice, twice), A.Wait(last, A.Event("go"))], default);

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Refused, CommitOutcome.Committed], receipts.Select(receipt => receipt.Outcome));
        Assert.Equal(new[] { first, bad, last }.Select(claim => claim.InstanceId), receipts.Select(receipt => receipt.InstanceId));
        Assert.False(string.IsNullOrEmpty(receipts[1].Reason));
        Assert.Equal(2, await Ask("select count(*) from bookmark"));
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(bad, InstanceStatus.Faulted))).Outcome);
    }

    [Fact]
    public async Task A_fenced_burst_does_not_sink_its_group()
    {
        var (gone, good) = (await Started(), await Started());
        await Finish(gone);

        var receipts = await Store.Commit([A.Burst(gone), A.Wait(good, A.Event("go"))], default);

        Assert.Equal([CommitOutcome.Fenced, CommitOutcome.Committed], receipts.Select(receipt => receipt.Outcome));
    }

    [Fact]
    public async Task The_journal_is_a_chain_without_gaps()
    {
        var claim = await Started();
        var kept = await Commit(A.Burst(claim, InstanceStatus.Running) with { KeepClaim = true });
        await Commit(A.Wait(claim with { Seq = kept.Seq, Mail = [] }, A.Event("go")));

        Assert.Equal(2, await Ask("select count(*) from journal"));
        Assert.Equal(1, await Ask("select count(*) from journal a join journal b on b.instance_id = a.instance_id and b.seq = a.seq + 1 and b.prev_hash = a.hash"));
    }

    [Fact]
    public async Task Many_commits_at_once_are_all_kept()
    {
        var claims = (await Store.Start([.. Enumerable.Range(0, 200).Select(_ => A.Start(claimFor: Node))], default)).Select(receipt => receipt.Claim!);

        var receipts = await Task.WhenAll(claims.Select(claim => Commit(A.Wait(claim, A.Event("go")))));

        Assert.All(receipts, receipt => Assert.Equal(CommitOutcome.Committed, receipt.Outcome));
        Assert.Equal(200, (await Store.Publish(A.Published("go"), default)).Delivered);
    }

    public sealed class OnSqlite : CommitTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : CommitTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
