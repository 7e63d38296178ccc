using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.FundYears;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>
/// A year of money is watched and closed (P24, E22, 0.2b): a difference stops an account, two people carry one of three reservations over, what was delivered and not billed survives the
/// turn of the year and is paid out of it, the running orders get their next year's money. It plays "procedure.fund.year", "procedure.fund.renewal" and "procedure.settlement.monthly".
/// </summary>
public abstract class YearClosePathway : PathwayStory
{
    private const string This = "F3-2026";
    private const string Next = "F3-2027";

    // 1 December is the first day, 1 January the 32nd; the story begins on the 26th.
    private static DateTimeOffset Day(int day, int hour = 9) => Local(12, 1, hour).AddDays(day - 1);

    public override IReadOnlyList<string> Plays => ["procedure.fund.year", "procedure.fund.renewal", "procedure.settlement.monthly", "procedure.fund"];

    public override DateTimeOffset Begins => Day(26, 8);

    private protected override async Task Tell(Town town)
    {
        var orders = await Served(town);
        await Opened(town);
        await Watched(town, orders.Zhao);
        await Decided(town, orders.Zhang);

        await Recorded(town, orders.Zhao, 30, isAccepted: true);
        await Recorded(town, orders.Feng, 29, isAccepted: false);
        await town.At(Day(31, 18));
        await Recorded(town, orders.Zhang, 31, isAccepted: false);
        await town.At(Day(32, 0));
        await ClosedWithTheYear(town, orders);
        await Renewed(town);
        await BilledAfterwards(town, orders);
    }

    private static async Task<(string Zhang, string Zhao, string Feng)> Served(Town town)
    {
        (string Zhang, string Zhao, string Feng) orders = ("", "", "");
        var spring = new DateOnly(2027, 3, 31);
        await town.Set(async db =>
        {
            orders.Zhang = Assert.Single(await ServedOrders.Until(db, spring, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            orders.Zhao = Assert.Single(await ServedOrders.Of(db, "person-zhao", ReliefCategory.Dibao, "PV-A", "cleaning"));
            orders.Feng = Assert.Single(await ServedOrders.Until(db, spring, "person-feng", ReliefCategory.Tekun, "PV-A", "cleaning"));
            await new ParameterBook(db).Set(
                new ParameterChange { Key = "fund.accrualEnd", AreaCode = "999900", Value = "01-10", Unit = "day of next year", ValidFrom = new DateOnly(2026, 1, 1), Basis = "test" },
                new Deed("county-finance-1", Local(3, 1), "scene-end"), None);
        });
        return orders;
    }

    // Both years are open; the next one has its cap and 100 yuan.
    private static async Task Opened(Town town)
    {
        foreach (var year in new[] { 2026, 2027 })
            await town.Start("procedure.fund.year", new { countyCode = "999900", fiscalYear = year, by = "county-finance-1" });
        Assert.Equal(8, (await town.Read(db => new FundQueries(db).Balances("999900", 2027, None))).Count);
        await town.Start("procedure.fund", new { countyCode = "999900", kind = "CapBase", fiscalYear = 2027, amount = 200_000m, document = "doc-cap", by = "county-finance-1" });
        await town.Complete("fund.approve", "county-officer-1", "Approved");
        await FundScene.Give(town, Next, 100);
    }

    private async Task Watched(Town town, string orderId)
    {
        var parts = Kind == StorageKind.Sqlite ? "relief_reservation_part" : "relief.reservation_part";
        var reservation = await Reservation(town, orderId);
        var (wrong, right) = ($"update {parts} set released = released + 100 where id = '{reservation}-1'", $"update {parts} set released = released - 100 where id = '{reservation}-1'");
        await town.Set(db => db.Database.ExecuteSqlRawAsync(wrong));
        await town.Set(db => new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = "elsewhere", CountyCode = "999900", Amount = 45_000, PeriodFrom = new DateOnly(2026, 1, 1), PeriodTo = new DateOnly(2026, 12, 31), CandidateAccounts = ["F5-2026"],
            Purpose = new FundPurpose(ReliefCategory.Margin, ["disabled"], ["nursing"], "M1")
        }, new Deed("clerk-1", Day(26), "elsewhere"), None));
        await town.At(Day(27));
        Assert.Equal(["F3-2026 ReservationsDiffer"], await Told(town, "fund.difference", "account", "difference"));
        Assert.Equal(["F5-2026 75"], await Told(town, "fund.used", "account", "percent"));
        FundResult? answer = null;
        await town.Set(async db => answer = await new ReservationBook(db).Commit([new PartAmount($"{reservation}-1", 1)], "batch", new Deed("a", Day(27), "stopped"), None));
        Assert.Equal(new FundResult.RuleViolation("AccountStopped"), answer);

        await town.Set(db => db.Database.ExecuteSqlRawAsync(right));
        await town.Publish(WatchFunds.CheckOf("999900-2026"), new { });
        Assert.All(await town.Read(db => db.Set<AccountCheck>().ToListAsync()), check => Assert.Equal((null, null), (check.Difference, check.StoppedAt)));
    }

    private static async Task Decided(Town town, string orderId)
    {
        var named = new[] { new { reservationId = await Reservation(town, orderId), decision = "CarryOver" } };
        await town.Complete("fund.carryOver", "county-finance-1", "Proposed", new { document = " ", rest = "Release", named });
        Assert.Equal(["DocumentMissing"], await town.Rows("select data ->> 'problem' from task where kind = 'fund.carryOver' and state in (1, 2)"));
        await town.Complete("fund.carryOver", "county-finance-1", "Proposed", new { document = "示例财社〔2026〕9号", rest = "Release", named = new[] { named[0] with { reservationId = "nothing" } } });
        Assert.Equal(["ReservationNotOpen"], await town.Rows("select data ->> 'problem' from task where kind = 'fund.carryOver' and state in (1, 2)"));
        await town.Complete("fund.carryOver", "county-finance-1", "Proposed", new { document = "示例财社〔2026〕9号", rest = "CarryOver" });
        await town.Complete("fund.carryOver.approve", "county-officer-1", "Returned", new { reason = "不跨年的释放" });
        await town.Complete("fund.carryOver", "county-finance-1", "Proposed", new { document = "示例财社〔2026〕9号", rest = "Release", named });
        Assert.Contains("county-finance-1", Assert.Single(await town.Rows("select cast(excluded as text) from task where kind = 'fund.carryOver.approve' and state in (1, 2)")));
        await town.Complete("fund.carryOver.approve", "county-officer-1", "Approved");
    }

    // A visit of December, one hour for 45 yuan.
    private static Task Recorded(Town town, string orderId, int day, bool isAccepted) => town.Set(async db =>
    {
        var sent = new Deed("worker-a1", Day(day, 12), $"record-{orderId}-{day}");
        var entry = new RecordEntry
        {
            OrderId = orderId, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = Day(day), EndAt = Day(day, 10), Quantity = 1, Content = "done", ConfirmedBy = "签字"
        };
        var id = Assert.IsType<RecordResult.Done>(await new RecordBook(db).Submit(entry, sent, None)).RecordId;
        if (isAccepted)
            Assert.IsType<RecordResult.Done>(await new RecordBook(db).Accept(id, null, sent with { By = "system", Key = sent.Key + "-accept" }, None));
    });

    private static async Task ClosedWithTheYear(Town town, (string Zhang, string Zhao, string Feng) orders)
    {
        var (old, next) = (await Balance(town, This), await Balance(town, Next));
        // 45 yuan of each are delivered and not billed: committed. Zhang's rest is carried over; the others' expired.
        Assert.Equal((0m, 135m, 0m, 249_545m), (old.Reserved, old.Committed, old.Spent, old.Appropriated));
        Assert.Equal((540m, 555m), (next.Reserved, next.Appropriated));
        var decisions = await town.Read(db => db.Set<CarryDecision>().OrderBy(row => row.Released).ToListAsync());
        Assert.Equal(
            [(orders.Zhang, 45m, 455m, 0m, "county-officer-1"), (orders.Zhao, 45m, 0m, 455m, "county-officer-1"), (orders.Feng, 45m, 0m, 455m, "county-officer-1"), ("elsewhere", 0m, 0m, 45_000m, "county-officer-1")],
            decisions.OrderBy(row => row.Released).ThenBy(row => row.OrderId == orders.Feng).Select(row => (row.OrderId, row.Accrued, row.Carried, row.Released, row.ApprovedBy!)));
        Assert.All(decisions, row => Assert.Equal(("示例财社〔2026〕9号", "county-finance-1"), (row.Document, row.CreatedBy)));
        Assert.Equal(["135 455 45910 0"], await Told(town, "fund.closed", "accrued", "carried", "released", "refused"));
        ReservationResult? late = null;
        await town.Set(async db => late = await new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = "late", CountyCode = "999900", Amount = 1, PeriodFrom = new DateOnly(2026, 12, 31), PeriodTo = new DateOnly(2026, 12, 31), CandidateAccounts = [This],
            Purpose = new FundPurpose(ReliefCategory.Dibao, [], ["cleaning"], "M1")
        }, new Deed("clerk-1", Day(32, 0), "late"), None));
        Assert.Equal(new ReservationResult.Blocked("AppropriationExpired"), late);
    }

    // Three months of four visits are 540 yuan: 455 were carried over for one; the other waits until money comes.
    private static async Task Renewed(Town town)
    {
        Assert.Equal(["fund.renewal"], await town.Rows("select kind from task where kind = 'fund.renewal' and state in (1, 2)"));
        Assert.Equal(2, (await Told(town, "fund.renewalShort", "amount")).Count);
        await FundScene.Give(town, Next, 600);
        Assert.Empty(await town.Rows("select kind from task where kind = 'fund.renewal' and state in (1, 2)"));
        Assert.Equal((1_080m, 75m), (((await Balance(town, Next)).Reserved), (await Balance(town, Next)).Available));
    }

    private static async Task BilledAfterwards(Town town, (string Zhang, string Zhao, string Feng) orders)
    {
        await Settled(town, "2026-12");
        Assert.Equal((90m, 45m), ((await Balance(town, This)).Committed, (await Balance(town, This)).Spent));
        await town.Set(async db =>
        {
            foreach (var record in await db.Set<VisitRecord>().Where(row => row.Status == RecordStatus.Submitted).ToListAsync())
            {
                var deed = new Deed("clerk-1", Day(36), "decide-" + record.OrderId);
                Assert.IsType<RecordResult.Done>(await (record.OrderId == orders.Feng ? new RecordBook(db).Reject(record.Id, "NotServed", deed, None) : new RecordBook(db).Accept(record.Id, null, deed, None)));
            }
        });
        await town.At(Day(42));
        // What nobody can bill any more went back on 10 January; what is accepted still stands and is paid out of its own year.
        Assert.Equal(45m, (await Balance(town, This)).Committed);
        await Settled(town, "2027-01");
        Assert.Equal((0m, 90m, 0m), ((await Balance(town, This)).Committed, (await Balance(town, This)).Spent, (await Balance(town, This)).Reserved));
        Assert.Equal(["LateLine"], await town.Read(async db => (await db.Set<SettlementLine>().Where(line => line.OrderId == orders.Zhang).Select(line => line.Kind).ToListAsync()).Select(kind => kind.ToString()).ToList()));
        Assert.Empty(await town.Read(db => new FundQueries(db).BrokenAt(This, None)));
        await town.Publish(WatchFunds.CheckOf("999900-2027"), new { });
        Assert.All(await town.Read(db => db.Set<AccountCheck>().ToListAsync()), check => Assert.Null(check.Difference));
        Assert.Equal(["yes"], await town.Rows("select 'yes' from instance where definition_id = 'procedure.fund.year' and finished_at is not null"));
    }

    private static async Task Settled(Town town, string month)
    {
        await town.Start("procedure.settlement.monthly", new { countyCode = "999900", townshipCode = "999901", supplierId = "PV-A", month });
        await town.Complete("settlement.claim", "supplier-a", "Claimed");
        await town.Complete("settlement.verify", "settlement-clerk-1", "Verified");
        await town.Complete("settlement.approve", "township-reviewer-1", "Approved");
        await town.Complete("settlement.pay", "county-finance-1", "Paid", new { voucher = "bank-" + month });
    }

    private static async Task<FundBalance> Balance(Town town, string account) => (await town.Read(db => new FundQueries(db).Balance(account, None)))!;

    private static Task<string> Reservation(Town town, string orderId) => town.Read(db => db.Set<Reservation>().Where(row => row.OrderId == orderId).Select(row => row.Id).FirstAsync());

    private static async Task<List<string>> Told(Town town, string template, params string[] values) =>
        await town.Rows($"select {string.Join(" || ' ' || ", values.Select(value => $"(payload -> 'data' ->> '{value}')"))} from outbox where payload ->> 'template' = '{template}' order by 1");

    public sealed class OnSqlite : YearClosePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : YearClosePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
