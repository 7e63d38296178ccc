using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.neighbour-aid" and "procedure.settlement.neighbour": two neighbours help through December, fall silent, and are paid in the new year.</summary>
public abstract class NeighbourAidPathway : PathwayStory
{
    private const string SheetId = "999901-2026";

    private Town town = null!;
    private string orderId = "";
    private int deeds;

    public override IReadOnlyList<string> Plays => ["pathway.neighbour-aid", "procedure.settlement.neighbour", "procedure.archive"];

    public override DateTimeOffset Begins => Local(12, 1);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Helping();
        await Logged("neighbour-he", 2);
        await Logged("neighbour-he", 3);
        await Logged("neighbour-lv", 4);
        await town.At(Local(12, 7, 10));
        await town.Complete("help.sample", "surveyor-qian", "Done", new { confirmed = (await Logs()).Select(log => log.Id) });
        Assert.All(await Logs(), log => Assert.Equal((LogStatus.Confirmed, "SampleCall"), (log.Status, log.ConfirmedHow)));
        await town.At(Local(12, 18, 9));
        Assert.Empty(await town.Rows("select id from task where kind = 'help.visit'"));
        await town.At(Local(12, 19, 9));
        await town.Complete("help.visit", "surveyor-qian", "Done", new { reason = "老人平安，帮扶人外出" });

        await Paid();
        await town.Publish($"order:{orderId}:stop", new { reason = "Moved" });
        Assert.Equal(OrderStatus.Ended, (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status);
        Assert.Empty(await town.Read(db => new PairQueries(db).Active(orderId, None)));
        Assert.Empty(await town.Rows("select id from task where state in (1, 2)"));
        Assert.Empty(await town.Rows("select id from instance where definition_id = 'pathway.neighbour-aid' and finished_at is null"));
    }

    private async Task Helping()
    {
        var (caseId, needId) = await FundScene.Confirmed(town, "person-zhang", "neighbour-help", 8);
        await town.Start("pathway.neighbour-aid", new { caseId, needItemId = needId, personId = "person-zhang" });
        orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
        await town.Complete("consent", "clerk-1", "Granted", new { form = "签字" });
        await town.Complete("helper.recruit", "surveyor-qian", "Recruited", new { helpers = new[] { Willing("neighbour-he", "何某某"), Willing("neighbour-lv", "吕某某") } });
        await town.Complete("helper.training", "trainer-1", "Certified", new { certificates = new[] { new { helperId = "neighbour-he", certificate = "L-1" }, new { helperId = "neighbour-lv", certificate = "L-2" } } });
        foreach (var pair in await town.Read(db => new PairQueries(db).Of(orderId, None)))
            await town.Publish($"pair:{pair.Id}:helper", new { decision = "Agreed", by = pair.HelperId });
        await town.Complete("pair.person", "surveyor-qian", "Agreed");
        await town.Complete("help.plan", "surveyor-qian", "Planned", new { tasks = new[] { "Nursing" }, visitsPerMonth = 8 });
        await town.Complete("help.plan", "surveyor-qian", "Planned", new { tasks = new[] { "Company", "Shopping" }, visitsPerMonth = 8 });
        await town.Complete("help.agreement", "clerk-1", "Signed", Signatures(noCharge: false));
        await town.Complete("help.agreement", "clerk-1", "Signed", Signatures(noCharge: true));
        Assert.All(await town.Read(db => new PairQueries(db).Active(orderId, None)), pair => Assert.NotNull(pair.NoChargeAt));
        Assert.Equal(OrderStatus.Active, (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status);
        await town.Files("clerk-1");
    }

    // Frozen in the last minute of the year, confirmed, reviewed, posted, paid.
    private async Task Paid()
    {
        await town.At(Local(12, 31, 23, 58));
        Assert.Null(await Sheet());
        await town.At(Local(12, 31, 23, 59));
        Assert.Equal((3, 30m), ((await Sheet())!.Visits, (await Sheet())!.Granted));
        Assert.Equal((30m, 0m), await Special());
        await town.Publish("subsidy:neighbour-he:2026", new { decision = "Agreed", by = "neighbour-he" });
        await town.At(Local(12, 31).AddDays(11));   // Lü is silent for ten days, which agrees
        await town.Complete("subsidy.review", "township-reviewer-1", "Reviewed");
        await town.Complete("subsidy.post", "clerk-1", "Posted", new { proof = "photo-1" });
        Assert.Equal("何** 2次 20元\n吕** 1次 10元", (await Sheet())!.Sheet.Notice);
        await town.At(Local(12, 31).AddDays(20));
        await town.Publish("pay:" + SheetId, new { voucher = "bank-1", by = "county-finance-1" });

        Assert.Equal((0m, 30m), await Special());
        Assert.Equal((SheetStatus.Paid, "bank-1"), ((await Sheet())!.Sheet.Status, (await Sheet())!.Sheet.Voucher));
        Assert.All((await Sheet())!.Helpers, line => Assert.Equal((SubsidyStatus.Paid, line.Logs.Count * 10m), (line.Subsidy.Status, line.Subsidy.Granted)));
    }

    private async Task Logged(string helper, int day)
    {
        await town.At(Local(12, day, 18));
        var deed = new Deed("surveyor-qian", Local(12, day, 18), $"log-{++deeds}");
        await town.Set(async db => Assert.IsType<LogResult.Done>(await new NeighbourBook(db).Record(orderId, new LogForm(helper, new DateOnly(2026, 12, day), "陪伴买菜"), deed, None)));
    }

    private Task<IReadOnlyList<NeighbourLog>> Logs() => town.Read(db => new NeighbourQueries(db).Logs(orderId, None));

    private Task<SheetView?> Sheet() => town.Read(db => new NeighbourQueries(db).Sheet(SheetId, None));

    private async Task<(decimal Reserved, decimal Spent)> Special()
    {
        var balance = (await town.Read(db => new FundQueries(db).Balance("F3-2026", None)))!;
        return (balance.Reserved + balance.Committed, balance.Spent);
    }

    private static object Willing(string helperId, string name) => new { helperId, name, birthDate = "1970-01-01", bankAccount = "示例银行 0001", healthy = true, noConflict = true };

    private static object Signatures(bool noCharge) => new { personSigner = "本人", helperSigners = new[] { "neighbour-he", "neighbour-lv" }, noCharge };

    public sealed class OnSqlite : NeighbourAidPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : NeighbourAidPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
