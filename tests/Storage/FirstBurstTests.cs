using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

/// <summary>A start that brings what its first burst decided: both are written, or neither.</summary>
public abstract class FirstBurstTests : FlowStoreTests
{
    private static NewInstance With(NewInstance start, Func<Claim, BurstCommit> decide) =>
        start with { ClaimFor = Node, First = decide(start.FirstClaim(token: 0, mail: 0, A.Noon)) };

    private static NewInstance Keyed(string key, NewInstance start) =>
        start with { Key = new IdempotencyKey("clerk", key, "h"), Answer = new StoredAnswer(202, "{}") };

    [Fact]
    public async Task An_instance_that_ended_in_its_first_burst_leaves_its_journal_and_nothing_to_do()
    {
        var receipt = await Start(With(A.Start(), claim => A.Burst(claim, InstanceStatus.Finished) with { Name = "short", CorrelationId = "c" }));

        Assert.Equal((StartOutcome.Started, null), (receipt.Outcome, receipt.Claim));
        Assert.Equal((CommitOutcome.Committed, 1L, false), (receipt.First!.Outcome, receipt.First.Seq, receipt.First.MoreMail));
        await NothingIsReady();
        Assert.Equal(1, await Ask("select count(*) from instance where seq = 1 and status = 8 and name = 'short' and correlation_id = 'c' and finished_at is not null"));
        Assert.Equal(1, await Ask("select count(*) from journal where seq = 1 and node = 1"));
        Assert.Equal(0, await Ask("select count(*) from inbox") + await Ask("select count(*) from work"));
        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task An_instance_that_waits_after_its_first_burst_can_be_called_and_goes_on_from_its_state()
    {
        var started = await Start(With(A.Start(), claim => A.Wait(claim, A.Event("go", "c"), A.Timer(A.Noon.AddDays(1)), A.Task())));
        await NothingIsReady();

        Assert.Equal(1, (await Store.Publish(A.Published("go", "c"), default)).Delivered);

        var claim = await ClaimOne();
        Assert.Equal((started.InstanceId, 1L), (claim.InstanceId, claim.Seq));
        Assert.Equal([7, 0], claim.State!);
        Assert.Equal([9, 1], claim.ChainHead);
        Assert.Equal(MailKind.Event, Assert.Single(claim.Mail).Kind);
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(claim, InstanceStatus.Finished))).Outcome);
        Assert.Equal(0, await Ask("select count(*) from bookmark") + await Ask("select count(*) from timer") + await Ask("select count(*) from task where state < 5"));
    }

    [Fact]
    public async Task An_event_that_came_before_the_start_wakes_it_at_once()
    {
        await Store.Publish(A.Published("go", "c"), default);

        var started = await Start(With(A.Start(), claim => A.Wait(claim, A.Event("go", "c"))));

        Assert.True(started.First!.MoreMail);
        Assert.Equal(MailKind.Event, Assert.Single((await ClaimOne()).Mail).Kind);
    }

    [Fact]
    public async Task A_first_burst_with_more_to_do_comes_back_with_the_claim_to_go_on()
    {
        var started = await Start(With(A.Start(), claim => A.Burst(claim, InstanceStatus.Running) with { KeepClaim = true }));

        await NothingIsReady();
        var claim = started.Claim!;
        Assert.Equal((1L, true), (claim.Seq, claim.Mail.IsEmpty));
        Assert.Equal([9, 1], claim.ChainHead);
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(claim, InstanceStatus.Finished))).Outcome);
        Assert.Empty(await Store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task A_first_burst_that_yields_without_keeping_is_ready_for_anyone()
    {
        await Start(With(A.Start(), claim => A.Burst(claim, InstanceStatus.Running)));

        Assert.Equal(1, (await ClaimOne()).Seq);
    }

    [Fact]
    public async Task A_repeated_start_writes_nothing_of_the_second_first_burst()
    {
        NewInstance Once() => With(Keyed("k", A.Start()), claim => A.Wait(claim, A.Event("go"), A.Task()) with { Outbox = [A.Http()] });
        var first = await Start(Once());
        var second = await Start(Once());

        Assert.Equal((StartOutcome.Repeated, first.InstanceId), (second.Outcome, second.InstanceId));
        Assert.Null(second.First);
        Assert.Equal((1L, 2L, 1L, 1L), (await Ask("select count(*) from journal"), await Ask("select count(*) from bookmark"),
            await Ask("select count(*) from task"), await Ask("select count(*) from outbox")));
    }

    [Fact]
    public async Task Starts_with_first_bursts_racing_with_one_key_leave_one_instance_and_one_set_of_rows()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Start(With(Keyed("race", A.Start()), claim => A.Wait(claim, A.Event("go"))))));

        Assert.Single(receipts, receipt => receipt.Outcome == StartOutcome.Started);
        Assert.Equal((1L, 1L, 1L), (await Ask("select count(*) from instance"), await Ask("select count(*) from journal"), await Ask("select count(*) from bookmark")));
    }

    [Fact]
    public async Task A_halted_person_keeps_the_first_burst_out_as_well()
    {
        await Store.Halt(new NewHalt("person-1", "PersonDied", null, A.Json(new { })), default);

        var receipt = await Start(With(A.Start("person-1"), claim => A.Wait(claim, A.Event("go")) with { Outbox = [A.Notice()] }));

        Assert.Equal((StartOutcome.Halted, null), (receipt.Outcome, receipt.First));
        Assert.Equal(0, await Ask("select count(*) from bookmark") + await Ask("select count(*) from outbox") + await Ask("select count(*) from instance"));
    }

    [Fact]
    public async Task A_first_burst_that_cannot_be_stored_starts_without_it_and_holds_up_nobody()
    {
        var twice = A.Event("go");
        var bad = With(A.Start(), claim => A.Wait(claim, twice, twice));
        var good = With(A.Start(), claim => A.Burst(claim, InstanceStatus.Finished));

        var receipts = await Store.Start([bad, good], default);

        Assert.All(receipts, receipt => Assert.Equal(StartOutcome.Started, receipt.Outcome));
        Assert.Null(receipts[0].First);
        Assert.Equal(MailKind.Start, Assert.Single(receipts[0].Claim!.Mail).Kind);
        Assert.Equal(0, receipts[0].Claim!.Seq);
    }

    public sealed class OnSqlite : FirstBurstTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FirstBurstTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
