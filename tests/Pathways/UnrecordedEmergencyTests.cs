using System.Globalization;
using Relief.Flow.Activities.FastTracks;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>P29: what is reserved for visits of an emergency whose record never comes goes back when a person says so, once; a record that comes first keeps it, and of both at once exactly one holds.</summary>
public abstract class UnrecordedEmergencyTests
{
    private const string Fund = "F2-2026";

    protected abstract StorageKind Kind { get; }

    [Theory]
    [InlineData("person")]
    [InlineData("record")]
    [InlineData("both")]
    public async Task Money_for_a_record_that_never_comes_goes_back_once_by_a_persons_word_unless_a_record_comes_first(string first)
    {
        await using var town = await Town.Open(Kind, Local(3, 16));
        var before = await FundScene.Available(town, Fund);
        var visits = await IsAsked(town, before - 120);
        var order = visits[0].OrderId;
        switch (first)
        {
            case "person":
                await town.Complete("emergency.unrecorded", "clerk-1", "NeverCame", new { reason = "已核实,当日未上门" });
                Assert.Equal(before, await FundScene.Available(town, Fund));
                await ComesLate(town, visits[0]);
                Assert.Equal(["MoneyReturned"], await town.Rows("select payload -> 'data' ->> 'reason' from outbox where payload ->> 'template' = 'record.refused'"));
                break;
            case "record":
                await ComesLate(town, visits[0]);
                await town.Complete("record.accept", "clerk-1", "Accepted", new { overrideReason = "家属证明" });
                Assert.Equal(before - 120, await FundScene.Available(town, Fund));
                break;
            default:
                await AtOnce(town, visits[0]);
                break;
        }

        await town.At(Local(5, 1));
        var records = await town.Read(db => new RecordQueries(db).Of(order, None));
        var returned = await town.Read(db => new RecordQueries(db).IsMoneyReturned(order, None));
        Assert.Equal(records.Count == 0, returned);
        Assert.Equal(returned ? before : before - 120, await FundScene.Available(town, Fund));
        Assert.Empty(await town.Read(db => new FundQueries(db).BrokenAt(Fund, None)));
        if (first != "both")
            Assert.Equal((first == "person" ? 0 : 1, 0), ((await town.Rows("select cast(id as text) from instance where definition_id = 'procedure.fasttrack.money' and status < 8")).Count,
                (await town.Rows("select id from task where kind = 'emergency.unrecorded' and state in (1, 2)")).Count));
    }

    // Two of three visits were due when the person died, and nobody has sent a record of either: ten working days after the second the township is asked, by order and amount.
    private static async Task<IReadOnlyList<VisitSlot>> IsAsked(Town town, decimal left)
    {
        await FastTrackPathway.Proposes(town, "person-feng", ReliefCategory.Dibao, new { itemCode = "home-care", quantity = 3, serviceDays = 3, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-li", "Go", new { channel = "App" });
        await town.Complete("referral", "supplier-a", "Accepted");
        var visits = (await FastTrackPathway.Visits(town, "person-feng")).OrderBy(visit => visit.PlannedStart).ToList();
        await town.At(visits[1].PlannedEnd.AddMinutes(30));
        await town.Start("procedure.death", new { personId = "person-feng", diedOn = "2026-03-17", source = "village" }, subject: "person:person-feng");
        await town.Complete("death", "clerk-1", "PersonDied", new { evidence = "死亡证明" });
        await town.At(Local(3, 31, 23));
        Assert.Equal((left, 0), (await FundScene.Available(town, Fund), (await town.Rows("select id from task where kind = 'emergency.unrecorded'")).Count));
        await town.At(Local(4, 1, 1));
        var asked = Assert.Single(await town.Table("select data -> 'data' ->> 'orderId', data -> 'data' ->> 'amount', unit from task where kind = 'emergency.unrecorded' and state in (1, 2)"));
        Assert.Equal((visits[0].OrderId, 120m, "999901"), (asked[0], decimal.Parse(asked[1], CultureInfo.InvariantCulture), asked[2]));
        return visits;
    }

    private static Task<Guid> ComesLate(Town town, VisitSlot visit) => town.Start("procedure.delivery.late",
        new { visitId = visit.Id, record = new { workerId = "worker-a1", start = visit.PlannedStart, end = visit.PlannedEnd, content = "照料", confirmedBy = "家属 签字" } });

    private static async Task AtOnce(Town town, VisitSlot visit)
    {
        RecordResult? sent = null;
        decimal? given = null;
        await Task.WhenAll(
            Task.Run(() => town.Set(async db => sent = await new RecordBook(db).Submit(
                new RecordEntry
                {
                    OrderId = visit.OrderId, VisitId = visit.Id, WorkerId = "worker-a1", ItemCode = visit.ItemCode, StartAt = visit.PlannedStart, EndAt = visit.PlannedEnd, Content = "照料", ConfirmedBy = "家属 签字"
                }, new Deed("worker-a1", Local(4, 1, 1), "late"), None))),
            Task.Run(() => town.Set(async db =>
            {
                var money = new EmergencyMoney(db, visit.OrderId);
                await money.Lock(None);
                given = await money.IsAwaited(Local(4, 1, 1), None) ? null : await money.GiveBack(new Deed("clerk-1", Local(4, 1, 1), "back"), None);
            })));
        Assert.Equal((sent is RecordResult.Done, (decimal?)120), (given is null, given ?? 120));
        Assert.True(sent is RecordResult.Done or RecordResult.Invalid("MoneyReturned"), sent!.ToString());
    }

    public sealed class OnSqlite : UnrecordedEmergencyTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : UnrecordedEmergencyTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
