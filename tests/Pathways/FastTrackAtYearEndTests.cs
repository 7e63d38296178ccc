using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>P29 and P24 together: a fast track that is served over the turn of the year keeps to what was approved, stays on the board, and gives back what it does not need, each out of its own year.</summary>
public abstract class FastTrackAtYearEndTests
{
    private const string This = "F2-2026";
    private const string Next = "F2-2027";

    protected abstract StorageKind Kind { get; }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_emergency_over_the_turn_of_the_year_takes_no_yuan_twice_and_ends_to_the_cent(bool isCarriedOver)
    {
        await using var town = await Town.Open(Kind, Day(29));
        foreach (var year in new[] { 2026, 2027 })
            await town.Start("procedure.fund.year", new { countyCode = "999900", fiscalYear = year, by = "county-finance-1" });
        await FundScene.Give(town, Next, 1_000);
        var caseId = await FastTrackPathway.Proposes(town, "person-zhang", ReliefCategory.Dibao, new { itemCode = "home-care", quantity = 4, serviceDays = 4, consent = "电话同意" });
        await town.Complete("emergency.approve", "reviewer-li", "Go", new { channel = "App" });
        await town.Complete("referral", "supplier-a", "Accepted");
        Assert.Equal((240m, 0m, 0m), await Holds(town, This));
        foreach (var visit in (await FastTrackPathway.Visits(town, "person-zhang")).OrderBy(visit => visit.PlannedStart).Take(3))
            await IsServed(town, visit);

        if (isCarriedOver)
        {
            await town.Complete("fund.carryOver", "county-finance-1", "Proposed", new { document = "示例财社〔2026〕9号", rest = "CarryOver" });
            await town.Complete("fund.carryOver.approve", "county-officer-1", "Approved");
        }

        // 180 yuan are delivered and committed; 60 are carried over, or expire and are set aside anew, for the one day that is left.
        await town.At(Day(32, 1));
        Assert.Equal(((0m, 180m, 0m), (60m, 0m, 0m)), (await Holds(town, This), await Holds(town, Next)));
        Assert.Equal(caseId, Assert.Single(await FastTrackPathway.Board(town, true)).CaseId);

        await FastTrackPathway.Decided(town, caseId, CaseStatus.Denied);
        Assert.Empty(await FastTrackPathway.Board(town, true));
        await town.Complete("settlement.claim", "supplier-a", "Claimed", new { lines = new[] { new { itemCode = "home-care", quantity = 3m } } });
        await town.Complete("settlement.verify", "settlement-clerk-1", "Verified");
        await town.Complete("settlement.approve", "township-reviewer-1", "Approved");
        await town.Publish("pay:999901-PV-A-2026-12", new { voucher = "bank-12" });
        await town.At(Day(42));
        Assert.Equal(((0m, 0m, 180m), (0m, 0m, 0m)), (await Holds(town, This), await Holds(town, Next)));
        foreach (var account in new[] { This, Next })
            Assert.Empty(await town.Read(db => new FundQueries(db).BrokenAt(account, None)));
        Assert.Empty(await town.Rows("select cast(id as text) from instance where definition_id = 'procedure.fasttrack' and status < 8"));
    }

    // The 29th is the first day of service, the 32nd is New Year's Day.
    private static DateTimeOffset Day(int day, int hour = 9) => Local(12, 1, hour).AddDays(day - 1);

    private static async Task IsServed(Town town, VisitSlot visit)
    {
        await town.At(visit.PlannedEnd.AddMinutes(30));
        await town.Publish("record:" + visit.Id, new { start = visit.PlannedStart, end = visit.PlannedEnd, content = "照料", confirmedBy = "张某某 签字", by = "worker-a1" });
        var record = Assert.Single(await town.Read(db => new RecordQueries(db).Of(visit.OrderId, None)), one => one.VisitId == visit.Id);
        await town.Publish("accept:" + record.Id, new { decision = "Accepted", by = "clerk-1" });
    }

    private static async Task<(decimal Reserved, decimal Committed, decimal Spent)> Holds(Town town, string account)
    {
        var balance = (await town.Read(db => new FundQueries(db).Balance(account, None)))!;
        return (balance.Reserved, balance.Committed, balance.Spent);
    }

    public sealed class OnSqlite : FastTrackAtYearEndTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FastTrackAtYearEndTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
