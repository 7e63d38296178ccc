using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.FundYears;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The close of a year of money (P24 step 6), and attempts to settle a yuan twice or to lose one.</summary>
public abstract partial class FundTests
{
    /// <summary>Two nodes close the year while orders still reserve: what came before is settled once, what comes after is refused, and nothing is left in between.</summary>
    [Fact]
    public async Task A_year_that_is_closed_twice_at_once_while_orders_reserve_settles_each_yuan_once()
    {
        await Account(FundKind.F4, 1_000);
        var year = await Do(db => new FundYearBook(db).Open(County, 2026, ByClerk(), None));
        Assert.IsType<ReservationResult.Reserved>(await Reserve(400, HomeCare, false, "F4"));

        var reserving = AtOnce(4, (db, _, deed) => new ReservationBook(db).Reserve(Request(100, HomeCare, false, "F4"), deed, None));
        var closing = AtOnce(2, (db, _, deed) => new YearClose(db).Settle(year.Id, ("", 25), deed, None));
        var came = (await reserving).OfType<ReservationResult.Reserved>().Count();
        await closing;
        while (await Do(db => new FundYearQueries(db).Count(year, None)) > 0)
            await Do(db => new YearClose(db).Settle(year.Id, ("", 25), ByClerk(), None));

        Assert.Equal(new ReservationResult.Blocked("AppropriationExpired"), await Reserve(1, HomeCare, false, "F4"));
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
}
