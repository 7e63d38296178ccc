using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.FundYears;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Activities;

/// <summary>The money of SC-01, SC-02, SC-03 and SC-04, and the attempts to break INV-01 to INV-03.</summary>
public abstract class FundTests(StorageKind kind) : ReliefTest(kind)
{
    private static readonly FundPurpose HomeCare = new(ReliefCategory.Dibao, ["elderly"], ["home-care", "cleaning"], "M1");
    private static readonly FundPurpose Nursing = new(ReliefCategory.Margin, ["disabled"], ["nursing"], "M1");

    [Fact]
    public async Task Nine_months_of_the_plan_are_reserved_spent_and_given_back_to_the_fen()
    {
        await Account(FundKind.F4, 120_000);
        var reserved = Assert.IsType<ReservationResult.Reserved>(await Reserve(10_260, HomeCare, false, "F4"));
        await Holds("F4", reserved: 10_260, spent: 0, available: 109_740);

        await Month(reserved.ReservationId, paid: 1_080, released: 60, "2026-04");
        await Holds("F4", reserved: 9_120, spent: 1_080, available: 109_800);

        var standing = await Do(async db => (await new FundQueries(db).Parts(reserved.ReservationId, None)).Sum(ReservationBook.Remaining));
        Assert.IsType<FundResult.Posted>(await Do(db => new ReservationBook(db).AdjustTo(reserved.ReservationId, standing + 60, ByClerk(), None)));
        await Month(reserved.ReservationId, paid: 1_200, released: 0, "2026-05");
        await Holds("F4", reserved: 7_980, spent: 2_280, available: 109_740);
        Assert.Empty(await Do(db => new FundQueries(db).BrokenAt("F4", None)));
    }

    [Fact]
    public async Task A_short_budget_is_split_over_two_funds_when_that_is_allowed()
    {
        await Account(FundKind.F5, 600);
        await Account(FundKind.F3, 500);
        Assert.Equal(new ReservationResult.Short(0), await Reserve(900, Nursing, false, "F5", "F3"));

        var reserved = Assert.IsType<ReservationResult.Reserved>(await Reserve(900, Nursing, true, "F5", "F3"));
        Assert.Equal([new FundShare("F5", FundKind.F5, 600), new FundShare("F3", FundKind.F3, 300)], reserved.Allocation);
        await Holds("F5", reserved: 600, spent: 0, available: 0);
        await Holds("F3", reserved: 300, spent: 0, available: 200);
    }

    [Fact]
    public async Task The_one_percent_cap_binds_at_allocation_and_at_reservation()
    {
        await Account(FundKind.F3, 0);
        Assert.Equal(new FundResult.CapExceeded(300_000), await Do(db => new FundBook(db).Allocate("F3", 320_000, "doc", ByClerk(), None)));
        Assert.IsType<FundResult.Posted>(await Do(db => new FundBook(db).Allocate("F3", 250_000, "doc", ByClerk(), None)));
        var spent = Assert.IsType<ReservationResult.Reserved>(await Reserve(80_000, Nursing, false, "F3"));
        await Month(spent.ReservationId, 80_000, 0, "2026-01");
        Assert.IsType<ReservationResult.Reserved>(await Reserve(150_000, Nursing, false, "F3"));

        var position = await Do(db => new FundBook(db).SetCapBase(Cap(24_000_000), ByClerk(), None));
        Assert.Equal(new CapPosition(240_000, 250_000, 230_000), position);
        Assert.True(position.AboveCap);
        Assert.IsType<ReservationResult.Reserved>(await Reserve(8_000, Nursing, false, "F3"));
        Assert.Equal(new ReservationResult.Blocked("CapExceeded"), await Reserve(5_000, Nursing, false, "F3"));
        await Holds("F3", reserved: 158_000, spent: 80_000, available: 12_000);
    }

    [Fact]
    public async Task Money_for_another_purpose_is_not_touched()
    {
        await Account(FundKind.F5, 1_000);
        Assert.Equal(new ReservationResult.NotEligibleFund(), await Reserve(100, HomeCare, true, "F5"));
        await Holds("F5", reserved: 0, spent: 0, available: 1_000);
    }

    [Fact]
    public async Task A_repeated_reservation_gets_the_first_answer_and_moves_nothing()
    {
        await Account(FundKind.F4, 1_000);
        var deed = ByClerk();
        var first = Assert.IsType<ReservationResult.Reserved>(await Do(db => new ReservationBook(db).Reserve(Request(400, HomeCare, false, "F4"), deed, None)));
        var again = Assert.IsType<ReservationResult.Reserved>(await Do(db => new ReservationBook(db).Reserve(Request(400, HomeCare, false, "F4"), deed, None)));
        Assert.Equal(first.ReservationId, again.ReservationId);
        await Holds("F4", reserved: 400, spent: 0, available: 600);
    }

    [Fact]
    public async Task The_database_refuses_to_overdraw_an_account()
    {
        await Account(FundKind.F4, 1_000);
        await Refused("never_overdrawn", Entry("F4", "Reserve", 1_000_01));
        await Refused("parts_positive", Entry("F4", "Spend", 1));
        await Refused("INV-01", Entry("F4", "Reserve", -5));
        await Refused("INV-01", "insert into {fund_account} values ('X', '999900', 'S-F4', 'F4', 2026, 'u', 'x', 500, 0, 0, 0)");
    }

    [Fact]
    public async Task The_database_refuses_what_lies_above_the_cap()
    {
        await Account(FundKind.F3, 250_000);
        await Refused("INV-03", Entry("F3", "Allocate", 50_000_01));
        await Do(db => new FundBook(db).SetCapBase(Cap(1_000_000), ByClerk(), None));
        await Refused("INV-03", Entry("F3", "Reserve", 10_000_01));
    }

    [Fact]
    public async Task The_ledger_is_only_ever_added_to()
    {
        await Account(FundKind.F4, 1_000);
        await Refused("INV-25", "update {ledger_entry} set amount = 1");
        await Refused("INV-25", "delete from {ledger_entry}");
        await Refused("INV-02", "update {fund_account} set kind = 'F5'");
    }

    [Fact]
    public async Task Money_never_passes_to_another_source()
    {
        await Account(FundKind.F4, 1_000);
        await Account(FundKind.F5, 0);
        await Do(db => db.Insert(new FundAccount { Id = "F5-2027", CountyCode = County, SourceId = "S-F5", Kind = FundKind.F5, FiscalYear = 2027, Unit = "county", SubItem = "-" }, None));
        var reserved = Assert.IsType<ReservationResult.Reserved>(await Reserve(400, HomeCare, false, "F4"));
        Assert.Equal("NoNextAccount", (await Do(db => new CarryBook(db).Carry(reserved.ReservationId, (2026, null, "doc"), ByClerk(), None))).Refusal);   // INV-02: the next year's money of another source is none
    }

    [Fact]
    public async Task Orders_that_reserve_at_the_same_time_never_take_the_same_money()
    {
        await Account(FundKind.F4, 1_000);
        var deeds = Enumerable.Range(0, 8).Select(_ => ByClerk()).ToList();

        var results = await Task.WhenAll(deeds.Select(deed =>
            Task.Run(() => DoApart(db => new ReservationBook(db).Reserve(Request(400, HomeCare, false, "F4"), deed, None)))));

        Assert.Equal(2, results.OfType<ReservationResult.Reserved>().Count());
        Assert.Equal(6, results.Count(result => result == new ReservationResult.Short(0)));
        await Holds("F4", reserved: 800, spent: 0, available: 200);
        Assert.Empty(await Do(db => new FundQueries(db).BrokenAt("F4", None)));
    }

    [Fact]
    public async Task INV_03_two_nodes_on_two_F3_accounts_stay_within_the_cap_together_and_no_bare_statement_lifts_one_above_it()
    {
        await Account(FundKind.F3, 0);
        await Do(db => db.Insert(new FundAccount { Id = "F3-b", CountyCode = County, SourceId = "S-F3", Kind = FundKind.F3, FiscalYear = 2026, Unit = "township-a", SubItem = "-" }, None));
        var given = await AtOnce((account, db) => new FundBook(db).Allocate(account, 100_000, "doc", ByClerk(), None));
        Assert.Equal(3, given.OfType<FundResult.Posted>().Count());
        Assert.Equal(new FundResult.CapExceeded(300_000), Assert.Single(given, result => result is not FundResult.Posted));

        await Do(db => new FundBook(db).SetCapBase(Cap(6_000_000), ByClerk(), None));   // 60,000: what was given stays, two more reservations of 25,000 do not all fit
        var reserved = await AtOnce((account, db) => new ReservationBook(db).Reserve(Request(25_000, Nursing, false, account), ByClerk(), None));
        Assert.Equal(2, reserved.OfType<ReservationResult.Reserved>().Count());
        Assert.All(reserved.Where(result => result is not ReservationResult.Reserved), result => Assert.Equal(new ReservationResult.Blocked("CapExceeded"), result));
        Assert.Equal(new CapPosition(60_000, 300_000, 50_000), await Do(db => new FundQueries(db).Cap(County, 2026, None)));

        await Refused("INV-03", "update {fund_account} set reserved = reserved + 1000001 where id = 'F3'");
        await Refused("INV-03", "update {fund_account} set committed = committed + 1000001 where id = 'F3-b'");
        await Refused("INV-03", "update {fund_account} set spent = spent + 1000001 where id = 'F3'");
        await Refused("INV-03", "update {fund_account} set appropriated = appropriated + 1 where id = 'F3-b'");
        await Refused("INV-03", Entry("F3-b", "Reserve", 10_000_01));
        await Refused("INV-03", Entry("F3", "CarryOver", 1));
        Assert.IsType<FundResult.Posted>(await Do(db => new FundBook(db).Adjust("F3", -1_000, "doc", ByClerk(), None)));   // above the cap it still shrinks
    }

    /// <summary>Two nodes close the year while orders still reserve: what came before is settled once, what comes after is refused, and nothing is left in between.</summary>
    [Fact]
    public async Task A_year_that_is_closed_twice_at_once_while_orders_reserve_settles_each_yuan_once()
    {
        await Account(FundKind.F4, 1_000);
        var year = await Do(db => new FundYearBook(db).Open(County, 2026, ByClerk(), None));
        var first = Assert.IsType<ReservationResult.Reserved>(await Reserve(400, HomeCare, false, "F4"));

        var reserving = AtOnce(4, (db, _, deed) => new ReservationBook(db).Reserve(Request(100, HomeCare, false, "F4"), deed, None));
        var closing = AtOnce(2, (db, _, deed) => new YearClose(db).Settle(year.Id, ("", 25), deed, None));
        var came = (await reserving).OfType<ReservationResult.Reserved>().Count();
        await closing;
        while (await Do(db => new FundYearQueries(db).Count(year, None)) > 0)
            await Do(db => new YearClose(db).Settle(year.Id, ("", 25), ByClerk(), None));

        Assert.Equal(new ReservationResult.Blocked("AppropriationExpired"), await Reserve(1, HomeCare, false, "F4"));
        Assert.Equal(new FundResult.RuleViolation("AppropriationExpired"), await Do(db => new ReservationBook(db).AdjustTo(first.ReservationId, 60, ByClerk(), None)));   // as a dispute would that is won afterwards
        Assert.IsType<FundResult.Posted>(await Do(db => new ReservationBook(db).AdjustTo(first.ReservationId, 0, ByClerk(), None)));
        await Holds("F4", reserved: 0, spent: 0, available: 1_000);
        var sums = await Do(db => new YearClose(db).Sums(year.Id, None));
        Assert.Equal((0m, 0m, 400m + (100m * came), 0), (sums.Accrued, sums.Carried, sums.Released, sums.Refused));
        Assert.Null((await Do(db => new AccountComparison(db).Of("F4", null, Morning(12, 31), None))).Difference);
    }

    /// <summary>What cannot be carried over stands: nothing is lost to a missing account or to the cap.</summary>
    [Fact]
    public async Task What_cannot_be_carried_over_stands_until_it_can()
    {
        await Account(FundKind.F3, 1_000);
        var reserved = Assert.IsType<ReservationResult.Reserved>(await Reserve(400, Nursing, false, "F3"));
        Task<CarryResult> Carry() => Do(db => new CarryBook(db).Carry(reserved.ReservationId, (2026, null, "doc-9"), ByClerk(), None));
        Assert.Equal("NoNextAccount", (await Carry()).Refusal);
        await Do(db => new FundYearBook(db).Open(County, 2027, ByClerk(), None));
        Assert.Equal("CapExceeded", (await Carry()).Refusal);
        await Holds("F3", reserved: 400, spent: 0, available: 600);

        await Do(db => new FundBook(db).SetCapBase(Cap(10_000_000) with { Id = County + "-2027", FiscalYear = 2027 }, ByClerk(), None));
        Assert.Equal((400m, null), (await Carry()) is var carried ? (carried.Carried, carried.Refusal) : default);
        await Holds("F3", reserved: 0, spent: 0, available: 600);
        await Holds("F3-2027", reserved: 400, spent: 0, available: 0);
        Assert.Equal(400, await Do(db => new FundQueries(db).Standing(reserved.ReservationId, None)));
        await Refused("carry_by_decision", "insert into {carry_decision} select 'x', county_code, updated_at, 'a', 'y', 'r', 'o', 'CarryOver', 'd', 'a', 0, 1, 0, null, null from {fund_cap}");
        await Refused("INV-01", Entry("F3", "Commit", -1));
    }

    private async Task<T[]> AtOnce<T>(int many, Func<ReliefDbContext, int, Deed, Task<T>> work)
    {
        var deeds = Enumerable.Range(0, many).Select(_ => ByClerk()).ToList();
        return await Task.WhenAll(deeds.Select((deed, at) => Task.Run(() => DoApart(db => work(db, at, deed)))));
    }

    private static FundCap Cap(decimal capBase) =>
        new() { Id = County + "-2026", CountyCode = County, FiscalYear = 2026, CapBase = capBase, Document = "doc", UpdatedAt = Morning(1, 1) };

    private static string Entry(string account, string kind, long fen, string id = "e") =>
        $"insert into {{ledger_entry}} (id, account_id, sequence, kind, amount, reference, idem_key, created_by, created_at, previous_hash, hash) "
        + $"select '{id}', '{account}', {(int)id[0]}, '{kind}', {fen}, 'r', '{id}', 'b', updated_at, '', 'h' from {{fund_cap}}";

    // Two nodes, two of each account.
    private Task<T[]> AtOnce<T>(Func<string, ReliefDbContext, Task<T>> deed) =>
        Task.WhenAll(new[] { "F3", "F3-b", "F3", "F3-b" }.Select(account => Task.Run(() => DoApart(db => deed(account, db)))));

    private static ReservationRequest Request(decimal amount, FundPurpose purpose, bool split, params string[] accounts) => new()
    {
        OrderId = "order-1", CountyCode = County, Amount = amount, PeriodFrom = new DateOnly(2026, 4, 1), PeriodTo = new DateOnly(2026, 12, 31), Purpose = purpose,
        CandidateAccounts = accounts, SplitAllowed = split
    };

    private Task<ReservationResult> Reserve(decimal amount, FundPurpose purpose, bool split, params string[] accounts) =>
        Do(db => new ReservationBook(db).Reserve(Request(amount, purpose, split, accounts), ByClerk(), None));

    private Task Month(string reservationId, decimal paid, decimal released, string batch) => Do(async db =>
    {
        var book = new ReservationBook(db);
        var part = (await new FundQueries(db).Parts(reservationId, None)).Single();
        Assert.IsType<FundResult.Posted>(await book.Commit([new PartAmount(part.Id, paid)], batch, ByClerk(), None));
        Assert.IsType<FundResult.Posted>(await book.Spend([new PartAmount(part.Id, paid)], batch, ByClerk(), None));
        Assert.IsType<FundResult.Posted>(await book.Release(reservationId, released, ByClerk(), None));
    });

    private async Task Holds(string account, decimal reserved, decimal spent, decimal available)
    {
        var balance = await Do(db => new FundQueries(db).Balance(account, None));
        Assert.Equal((reserved, spent, available), (balance!.Reserved, balance.Spent, balance.Available));
    }

    private Task Account(FundKind kind, decimal money) => Do(async db =>
    {
        await new FundBook(db).SetCapBase(Cap(30_000_000), ByClerk(), None);
        await db.Insert(new FundSource
        {
            Id = "S-" + kind, CountyCode = County, Kind = kind, Name = kind.ToString(), OwnerUnit = "county",
            PersonClasses = kind switch { FundKind.F4 => ["elderly"], FundKind.F5 => ["disabled"], _ => [] }
        }, None);
        await db.Insert(new FundAccount
        {
            Id = kind.ToString(), CountyCode = County, SourceId = "S-" + kind, Kind = kind, FiscalYear = 2026, Unit = "county", SubItem = "-"
        }, None);
        if (money > 0)
            Assert.IsType<FundResult.Posted>(await new FundBook(db).Allocate(kind.ToString(), money, "doc", ByClerk(), None));
    });

    public sealed class OnSqlite() : FundTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : FundTests(StorageKind.PostgreSql)
    {
        /// <summary>Past the books and their locks: the second statement waits for the first transaction and is refused when that commits.</summary>
        [Theory]
        [InlineData(FundKind.F4, 1_000, 600_00, "F4", "never_overdrawn")]
        [InlineData(FundKind.F3, 300_000, 200_000_00, "F3-b", "INV-03")]
        public async Task Two_bare_statements_at_the_same_time_neither_overdraw_an_account_nor_exceed_the_cap(FundKind kind, int money, long fen, string second, string because)
        {
            await Account(kind, money);
            if (kind == FundKind.F3)
            {
                await Do(db => db.Insert(new FundAccount { Id = second, CountyCode = County, SourceId = "S-F3", Kind = kind, FiscalYear = 2026, Unit = "township-a", SubItem = "-" }, None));
                await Do(db => new FundBook(db).SetCapBase(Cap(60_000_000), ByClerk(), None));
                await Do(db => new FundBook(db).Allocate(second, money, "doc", ByClerk(), None));
                await Do(db => new FundBook(db).SetCapBase(Cap(30_000_000), ByClerk(), None));
            }

            await using var one = await Connect();
            await using var other = await Connect();
            await using var first = await one.BeginTransactionAsync();
            await Execute(one, Entry(kind.ToString(), "Reserve", fen));
            var later = Task.Run(() => Execute(other, Entry(second, "Reserve", fen, "f")));
            await Patience.Until(SomebodyWaits, () => "the second statement does not wait for the first");

            await first.CommitAsync();

            Assert.Contains(because, (await Assert.ThrowsAnyAsync<DbException>(() => later)).Message);
            await Holds(kind.ToString(), reserved: fen / 100m, spent: 0, available: money - fen / 100m);
        }
    }
}
