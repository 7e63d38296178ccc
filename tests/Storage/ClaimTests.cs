using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class ClaimTests : FlowStoreTests
{
    [Fact]
    public async Task A_claimed_instance_is_nobody_elses_until_its_lease_is_over()
    {
        await Start(A.Start());

        Assert.Single(await ClaimAll(node: 1));
        Assert.Empty(await ClaimAll(node: 2));
    }

    [Fact]
    public async Task An_instance_whose_lease_is_over_goes_to_another_node_under_a_new_token()
    {
        await Start(A.Start());
        var first = Assert.Single(await ClaimAll(1, TimeSpan.Zero));
        var second = Assert.Single(await ClaimAll(2));

        Assert.True(second.Token > first.Token);
        Assert.Equal(2, second.Attempts);
        Assert.Equal(first.Mail.Select(mail => mail.Id), second.Mail.Select(mail => mail.Id));
    }

    [Fact]
    public async Task A_claim_brings_the_state_and_the_chain_head_of_the_last_commit()
    {
        var id = await Waiting(A.Event("go"));
        await Store.Publish(A.Published("go"), default);

        var claim = await ClaimOf(id);

        Assert.Equal((1L, false), (claim.Seq, claim.IsCached));
        Assert.Equal(new byte[] { 7, 0 }, claim.State);
        Assert.Equal(new byte[] { 9, 1 }, claim.ChainHead);
    }

    [Fact]
    public async Task The_state_stays_behind_when_the_node_holds_that_sequence()
    {
        var id = await Waiting(A.Event("go"));
        await Store.Publish(A.Published("go"), default);

        var claim = Assert.Single(await Store.Claim(new ClaimRequest(Node, 10, A.Lease, new Dictionary<Guid, long> { [id] = 1 }), default));

        Assert.True(claim.IsCached);
        Assert.Null(claim.State);
    }

    [Fact]
    public async Task The_state_comes_along_when_the_node_holds_an_older_sequence()
    {
        var id = await Waiting(A.Event("go"));
        await Store.Publish(A.Published("go"), default);

        var claim = Assert.Single(await Store.Claim(new ClaimRequest(Node, 10, A.Lease, new Dictionary<Guid, long> { [id] = 0 }), default));

        Assert.False(claim.IsCached);
        Assert.NotNull(claim.State);
    }

    [Fact]
    public async Task No_more_are_claimed_than_asked_for()
    {
        await Store.Start([A.Start(), A.Start(), A.Start()], default);

        Assert.Equal(2, (await Store.Claim(new ClaimRequest(Node, 2, A.Lease), default)).Length);
        Assert.Single(await ClaimAll());
    }

    [Fact]
    public async Task Mail_comes_in_the_order_in_which_it_was_put()
    {
        var id = await Waiting(A.Event("go"));
        await Store.Send(new NewMail(id, MailKind.Suspend, A.Json("why")), default);
        await Store.Send(new NewMail(id, MailKind.Resume, default), default);
        await Store.Publish(A.Published("go"), default);

        var mail = (await ClaimOf(id)).Mail;

        Assert.Equal([MailKind.Suspend, MailKind.Resume, MailKind.Event], mail.Select(one => one.Kind));
        Assert.Equal("why", mail[0].Payload.GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, mail[1].Payload.ValueKind);
    }

    [Fact]
    public async Task One_that_failed_twice_is_claimed_alone()
    {
        var poison = (await Start(A.Start())).InstanceId;
        await ClaimAll(lease: TimeSpan.Zero);
        await ClaimAll(lease: TimeSpan.Zero);
        await Store.Start([A.Start(), A.Start()], default);

        var alone = Assert.Single(await ClaimAll());
        Assert.Equal((poison, 3), (alone.InstanceId, alone.Attempts));
        Assert.Equal(2, (await ClaimAll()).Count);
    }

    [Fact]
    public async Task Attempts_grow_with_every_claim_that_is_not_committed_and_start_anew_after_a_commit()
    {
        var id = (await Start(A.Start())).InstanceId;
        for (var i = 0; i < 4; i++)
        {
            await ClaimAll(lease: TimeSpan.Zero);
        }

        var fifth = await ClaimOf(id);
        Assert.Equal(5, fifth.Attempts);
        await Commit(A.Wait(fifth, A.Event("go")));
        await Store.Publish(A.Published("go"), default);
        Assert.Equal(1, (await ClaimOf(id)).Attempts);
    }

    [Fact]
    public async Task Renewing_prolongs_current_claims_and_leaves_lost_ones_out()
    {
        await Start(A.Start());
        var lost = Assert.Single(await ClaimAll(1, TimeSpan.Zero));
        var current = Assert.Single(await ClaimAll(2, TimeSpan.Zero));

        Assert.Equal(current.Token, Assert.Single(await Store.Renew([lost.Token, current.Token, 0], A.Lease, default)));
        await NothingIsReady();
    }

    [Fact]
    public async Task A_silent_node_loses_its_claims_and_its_commit_is_fenced()
    {
        await Store.Beat(new NodeBeat(1, "1.0"), default);
        await Start(A.Start());
        var lost = Assert.Single(await ClaimAll(node: 1));
        await Ask(Store.Kind == Workflows.StorageKind.Sqlite
            ? "update node set beat_at = beat_at - 11000 where node_id = 1"
            : "update node set beat_at = beat_at - interval '11 s' where node_id = 1");

        await Store.Beat(new NodeBeat(2, "1.0"), default);

        Assert.Single(await ClaimAll(node: 2));
        Assert.Equal(CommitOutcome.Fenced, (await Commit(A.Burst(lost))).Outcome);
    }

    [Fact]
    public async Task A_node_that_beats_keeps_its_claims()
    {
        await Store.Beat(new NodeBeat(1, "1.0"), default);
        await Start(A.Start());
        await ClaimAll(node: 1);

        await Store.Beat(new NodeBeat(2, "1.0"), default);

        Assert.Empty(await ClaimAll(node: 2));
    }

    [Fact]
    public async Task The_first_beat_of_a_node_frees_what_its_former_life_had_claimed_and_no_other_beat_does()
    {
        var mine = await Started();
        var other = (await Start(A.Start(claimFor: Node + 1))).Claim!;
        await Store.Beat(new NodeBeat(Node + 1, "1.0"), default);
        await Store.Beat(new NodeBeat(Node, "1.0"), default);
        await NothingIsReady();

        await Store.Beat(new NodeBeat(Node, "1.0", IsFirst: true), default);

        Assert.Equal(mine.InstanceId, (await ClaimOne()).InstanceId);
        Assert.Equal(CommitOutcome.Fenced, (await Commit(A.Burst(mine))).Outcome);
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(other, Relief.Flow.Workflows.Kernel.InstanceStatus.Finished))).Outcome);
    }

    public sealed class OnSqlite : ClaimTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ClaimTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
