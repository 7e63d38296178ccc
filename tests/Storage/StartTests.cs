using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class StartTests : FlowStoreTests
{
    private static readonly StoredAnswer Accepted = new(202, """{"id":"1"}""");

    private static NewInstance Keyed(string key, string hash = "h1") =>
        A.Start() with { Key = new IdempotencyKey("clerk POST /instances", key, hash), Answer = Accepted };

    [Fact]
    public async Task A_started_instance_is_ready_with_its_input_as_the_first_mail()
    {
        var started = await Start(A.Start("person-1") with { CorrelationId = "c", BusinessKey = "b" });

        Assert.Equal(StartOutcome.Started, started.Outcome);
        Assert.Null(started.Claim);
        var claim = await ClaimOne();
        Assert.Equal(started.InstanceId, claim.InstanceId);
        Assert.Equal(("c", "b", "person-1"), (claim.CorrelationId, claim.BusinessKey, claim.SubjectId));
        Assert.Equal(("inquiry", 1, "inquiry-1"), (claim.DefinitionId, claim.DefinitionVersion, claim.DefinitionVersionId));
        Assert.Equal(0, claim.Seq);
        Assert.Null(claim.State);
        Assert.Empty(claim.ChainHead);
        Assert.Equal(A.Noon, claim.Now);
        var mail = Assert.Single(claim.Mail);
        Assert.Equal(MailKind.Start, mail.Kind);
        Assert.Equal("Lower Mill", mail.Payload.GetProperty("village").GetString());
    }

    [Fact]
    public async Task An_instance_started_for_a_node_is_born_claimed_and_comes_with_its_claim()
    {
        var parent = new ParentLink(Guid.CreateVersion7(), Guid.CreateVersion7());
        var started = await Start(A.Start(claimFor: Node) with { Parent = parent });

        var claim = started.Claim!;
        Assert.Equal((started.InstanceId, 0L, 1), (claim.InstanceId, claim.Seq, claim.Attempts));
        Assert.Equal(parent, claim.Parent);
        Assert.Equal(MailKind.Start, Assert.Single(claim.Mail).Kind);
        await NothingIsReady();
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(claim, A.Event("go")))).Outcome);
    }

    [Fact]
    public async Task A_parent_link_is_kept_for_a_later_claim()
    {
        var parent = new ParentLink(Guid.CreateVersion7(), Guid.CreateVersion7());
        await Start(A.Start() with { Parent = parent });

        Assert.Equal(parent, (await ClaimOne()).Parent);
    }

    [Fact]
    public async Task The_same_key_with_the_same_request_gives_the_first_answer_and_starts_nothing()
    {
        var first = await Start(Keyed("k"));
        var second = await Start(Keyed("k"));

        Assert.Equal((StartOutcome.Repeated, first.InstanceId), (second.Outcome, second.InstanceId));
        Assert.Equal(Accepted, second.Answer);
        Assert.Single(await ClaimAll());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_told_apart()
    {
        await Start(Keyed("k"));

        Assert.Equal(StartOutcome.KeyReused, (await Start(Keyed("k", "h2"))).Outcome);
        Assert.Single(await ClaimAll());
    }

    [Fact]
    public async Task The_same_key_under_another_scope_is_another_key()
    {
        await Start(Keyed("k"));

        Assert.Equal(StartOutcome.Started, (await Start(A.Start() with { Key = new IdempotencyKey("other", "k", "h1") })).Outcome);
    }

    [Fact]
    public async Task The_same_id_starts_once_even_without_a_key()
    {
        var one = A.Start();
        await Start(one);

        Assert.Equal(StartOutcome.Exists, (await Start(one)).Outcome);
        Assert.Single((await ClaimOne()).Mail);
    }

    [Fact]
    public async Task Many_start_in_one_group_and_each_gets_its_own_receipt_in_order()
    {
        var old = A.Start();
        await Start(old);
        NewInstance[] group = [A.Start(), old, Keyed("k"), A.Start(claimFor: Node)];

        var receipts = await Store.Start(group, default);

        Assert.Equal([StartOutcome.Started, StartOutcome.Exists, StartOutcome.Started, StartOutcome.Started], receipts.Select(receipt => receipt.Outcome));
        Assert.Equal(group.Select(one => one.Id), receipts.Select(receipt => receipt.InstanceId));
        Assert.NotNull(receipts[3].Claim);
    }

    [Fact]
    public async Task Starts_racing_with_one_key_start_one_instance()
    {
        var racing = Enumerable.Range(0, 8).Select(_ => Start(Keyed("race")));

        var receipts = await Task.WhenAll(racing);

        Assert.Single(receipts, receipt => receipt.Outcome == StartOutcome.Started);
        Assert.Single(receipts.Select(receipt => receipt.InstanceId).Distinct());
        Assert.Single(await ClaimAll());
    }

    [Fact]
    public async Task A_halted_person_starts_nothing_and_the_key_stays_free()
    {
        await Store.Halt(new NewHalt("person-1", "PersonDied", null, A.Json(new { })), default);

        Assert.Equal(StartOutcome.Halted, (await Start(Keyed("k") with { SubjectId = "person-1" })).Outcome);
        Assert.Equal(StartOutcome.Started, (await Start(Keyed("k", "h2"))).Outcome);
    }

    [Fact]
    public async Task The_handler_of_a_halt_may_start()
    {
        var handler = A.Start("person-1");
        await Store.Halt(new NewHalt("person-1", "PersonDied", handler.Id, A.Json(new { })), default);

        Assert.Equal(StartOutcome.Started, (await Start(handler)).Outcome);
    }

    public sealed class OnSqlite : StartTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : StartTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
