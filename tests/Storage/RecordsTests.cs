using System.Globalization;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class RecordsTests : FlowStoreTests
{
    /// <summary>A table as relief records have one: it must not go below zero.</summary>
    private Task<long> Fund(int fen) => Ask($"create table fund (id integer primary key, fen integer not null check (fen >= 0)); insert into fund values (1, {fen})");

    private static async Task<long> Do(UnitOfWork unit, string sql, CancellationToken cancellationToken)
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken) ?? 0L, CultureInfo.InvariantCulture);
    }

    private Task<CommitReceipt> Spend(Claim claim, int fen, InstanceStatus status = InstanceStatus.Waiting, bool goesBack = false) =>
        Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            await Do(scope.Unit, $"update fund set fen = fen - {fen}", cancellationToken);
            if (goesBack)
            {
                await scope.RollBack(cancellationToken);
            }

            return A.Burst(claim, status) with { Bookmarks = [A.Event("go")] };
        }, default);

    [Fact]
    public async Task Records_and_the_burst_that_changed_them_are_committed_together()
    {
        await Fund(100);
        var claim = await Started();

        Assert.Equal(new CommitReceipt(CommitOutcome.Committed, claim.InstanceId, 1), await Spend(claim, 30));

        Assert.Equal(70, await Ask("select fen from fund"));
        Assert.Equal(1, await Ask("select count(*) from bookmark"));
    }

    [Fact]
    public async Task A_fenced_burst_is_not_even_asked()
    {
        await Fund(100);
        var claim = await Started();
        await Finish(claim);

        Assert.Equal(CommitOutcome.Fenced, (await Spend(claim, 30)).Outcome);
        Assert.Equal(100, await Ask("select fen from fund"));
    }

    [Fact]
    public async Task An_activity_may_undo_its_records_and_still_commit_its_incident()
    {
        await Fund(100);
        var claim = await Started();

        Assert.Equal(CommitOutcome.Committed, (await Spend(claim, 30, InstanceStatus.Faulted, goesBack: true)).Outcome);

        Assert.Equal(100, await Ask("select fen from fund"));
        Assert.Equal((long)InstanceStatus.Faulted, await Ask("select status from instance"));
    }

    [Fact]
    public async Task After_a_constraint_was_broken_the_activity_may_undo_and_commit_its_incident()
    {
        await Fund(10);
        var claim = await Started();

        var receipt = await Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Do(scope.Unit, "update fund set fen = fen - 30", cancellationToken));
            await scope.RollBack(cancellationToken);
            return A.Burst(claim, InstanceStatus.Faulted);
        }, default);

        Assert.Equal(CommitOutcome.Committed, receipt.Outcome);
        Assert.Equal(10, await Ask("select fen from fund"));
    }

    [Fact]
    public async Task An_activity_that_throws_leaves_nothing_behind_and_may_run_again()
    {
        await Fund(100);
        var claim = await Started();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            await Do(scope.Unit, "update fund set fen = 0", cancellationToken);
            throw new InvalidOperationException("crash");
        }, default));

        Assert.Equal(100, await Ask("select fen from fund"));
        Assert.Equal(CommitOutcome.Committed, (await Spend(claim, 30)).Outcome);
    }

    [Fact]
    public async Task A_burst_that_the_database_refuses_takes_its_records_back()
    {
        await Fund(100);
        var claim = await Started();
        var twice = A.Event("go");

        var receipt = await Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            await Do(scope.Unit, "update fund set fen = 0", cancellationToken);
            return A.Wait(claim, twice, twice);
        }, default);

        Assert.Equal(CommitOutcome.Refused, receipt.Outcome);
        Assert.False(string.IsNullOrEmpty(receipt.Reason));
        Assert.Equal(100, await Ask("select fen from fund"));
    }

    [Fact]
    public async Task A_constraint_that_is_checked_at_the_commit_refuses_the_burst()
    {
        await Ask("create table account (id integer primary key); create table entry (account integer references account (id) deferrable initially deferred)");
        var claim = await Started();

        var receipt = await Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            await Do(scope.Unit, "insert into entry values (7)", cancellationToken);
            return A.Wait(claim, A.Event("go"));
        }, default);

        Assert.Equal(CommitOutcome.Refused, receipt.Outcome);
        Assert.Equal(0, await Ask("select (select count(*) from entry) + (select count(*) from bookmark)"));
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(claim, A.Event("go")))).Outcome);
    }

    [Fact]
    public async Task Bursts_that_spend_from_one_fund_at_once_never_overdraw_it()
    {
        await Fund(100);
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Started()));

        var receipts = await Task.WhenAll(claims.Select(claim => Store.CommitWithRecords(claim, async (scope, cancellationToken) =>
        {
            var rest = await Do(scope.Unit, Store.Kind == StorageKind.Sqlite ? "select fen from fund" : "select fen from fund for update", cancellationToken);
            if (rest >= 30)
            {
                await Do(scope.Unit, "update fund set fen = fen - 30", cancellationToken);
            }

            return A.Burst(claim, rest >= 30 ? InstanceStatus.Finished : InstanceStatus.Cancelled);
        }, default)));

        Assert.All(receipts, receipt => Assert.Equal(CommitOutcome.Committed, receipt.Outcome));
        Assert.Equal(10, await Ask("select fen from fund"));
        Assert.Equal(3, await Ask("select count(*) from instance where status = 8"));
    }

    [Fact]
    public async Task A_change_of_records_outside_instances_is_all_or_nothing()
    {
        await Fund(100);

        Assert.Equal(5, await Store.Change(async (unit, cancellationToken) =>
        {
            await Do(unit, "update fund set fen = 5", cancellationToken);
            return await Do(unit, "select fen from fund", cancellationToken);
        }, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Change<int>(async (unit, cancellationToken) =>
        {
            await Do(unit, "update fund set fen = 0", cancellationToken);
            throw new InvalidOperationException("crash");
        }, default));

        Assert.Equal(5, await Ask("select fen from fund"));
    }

    // Records take 30 and start an instance; its first burst takes 5 more.
    private Task<StartReceipt?> Begin(NewInstance start, Func<Claim, BurstCommit?> decide) => Store.StartWithRecords(
        start with { ClaimFor = Node },
        async (unit, cancellationToken) => await Do(unit, "update fund set fen = fen - 30", cancellationToken) == 0,
        async (unit, cancellationToken) =>
        {
            await Do(unit, "update fund set fen = fen - 5", cancellationToken);
            return decide(start.FirstClaim(token: 0, mail: 0, A.Noon));
        },
        default);

    [Fact]
    public async Task Records_the_start_and_its_first_burst_are_one_transaction()
    {
        await Fund(100);

        var receipt = await Begin(A.Start(), first => A.Wait(first, A.Event("go")) with { Outbox = [A.Notice()] });

        Assert.Equal((StartOutcome.Started, null), (receipt!.Outcome, receipt.Claim));
        Assert.Equal(CommitOutcome.Committed, receipt.First!.Outcome);
        Assert.Equal(65, await Ask("select fen from fund"));
        Assert.Equal(2, await Ask("select (select count(*) from bookmark) + (select count(*) from outbox)"));
        Assert.Equal(1, (await Store.Publish(A.Published("go"), default)).Delivered);
        var claim = await ClaimOne();
        Assert.Equal((receipt.InstanceId, 1L), (claim.InstanceId, claim.Seq));
    }

    [Fact]
    public async Task A_first_burst_that_fails_or_cannot_be_stored_takes_its_own_changes_back_and_records_and_start_stand()
    {
        await Fund(100);
        var twice = A.Event("go");
        Func<Claim, BurstCommit?>[] wrong = [_ => null, claim => A.Wait(claim, twice, twice)];
        foreach (var (decide, place) in wrong.Select((decide, place) => (decide, place)))
        {
            var receipt = await Begin(A.Start(), decide);

            Assert.Equal((StartOutcome.Started, null), (receipt!.Outcome, receipt.First));
            Assert.Equal((0L, MailKind.Start), (receipt.Claim!.Seq, Assert.Single(receipt.Claim.Mail).Kind));
            Assert.Equal(100 - (30 * (place + 1)), await Ask("select fen from fund"));
            Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(receipt.Claim, A.Event("go")))).Outcome);
        }

        await Store.Halt(new NewHalt("person-1", "PersonDied", null, A.Json(new { })), default);
        Assert.Equal(StartOutcome.Halted, (await Begin(A.Start("person-1"), claim => A.Wait(claim, A.Event("go"))))!.Outcome);
        Assert.Equal(10, await Ask("select fen from fund"));
    }

    public sealed class OnSqlite : RecordsTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : RecordsTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
