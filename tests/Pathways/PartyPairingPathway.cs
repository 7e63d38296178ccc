using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.party-pairing": a pair falls silent, the secretary is told, another member takes over for the rest of the year (SC-17).</summary>
public abstract class PartyPairingPathway : PathwayStory
{
    private Town town = null!;
    private string orderId = "";

    public override IReadOnlyList<string> Plays => ["pathway.party-pairing", "procedure.archive"];

    public override DateTimeOffset Begins => Local(2, 20);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        var before = await Balances();
        await Ordered();
        var shen = await Paired("member-shen");
        await town.Files("clerk-1");
        await Contact(shen, 3, 1);
        await Contact(shen, 3, 28, needsFound: "轮椅");
        Assert.Equal(["unit:999901"], await Told("pair.needFound"));
        await FallsSilent(shen);

        var yang = await Paired("member-yang");
        await town.Publish($"pair:{yang.Id}:contact", new { kind = "Visit", content = "送温暖", goods = new { goods = "棉被", quantity = 2, value = 240, receipt = "party-1-0001" }, by = "member-yang" });
        await town.Publish($"pair:{yang.Id}:contact", new { kind = "Visit", content = "送温暖", goods = new { goods = "现金", quantity = 1, value = 100, receipt = "party-1-0002" }, by = "member-yang" });
        Assert.Equal([("party-1", "person-zhang", 240m)], (await town.Read(db => new InKindQueries(db).OfOrder(orderId, None))).Select(entry => (entry.DonorId, entry.ReceiverId, entry.Value)));
        for (var month = 7; month <= 12; month++)
            await Contact(yang, month, 5, solved: month == 9 ? "轮椅已领" : null);
        await town.At(Local(12, 31, 13));
        Assert.Equal(["9 1 240", "9 1 240"], await town.Rows("select (payload -> 'data' ->> 'contacts') || ' ' || (payload -> 'data' ->> 'solved') || ' ' || (payload -> 'data' ->> 'goods') from outbox where payload ->> 'template' = 'pair.year'"));
        await town.Publish($"pair:{yang.Id}:end", new { reason = "Recovered", by = "surveyor-qian" });

        Assert.Equal((PairStatus.Ended, "Recovered"), await StateOf(yang));
        Assert.Equal(OrderStatus.Ended, (await Order()).Status);
        Assert.Empty(await town.Rows("select id from instance where finished_at is null"));
        Assert.Equal(before, await Balances());   // no money of F1 to F8
    }

    private async Task Ordered()
    {
        var (caseId, needId) = await FundScene.Confirmed(town, "person-zhang", "pairing", 1);
        await town.Start("pathway.party-pairing", new { caseId, needItemId = needId, personId = "person-zhang" });
        orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
        await town.Complete("consent", "clerk-1", "Granted", new { form = "签字" });
    }

    private async Task<Pair> Paired(string member)
    {
        await town.Complete("pair.propose", "secretary-1", "Proposed", new { memberId = member });
        await town.Complete("pair.person", "surveyor-qian", "Agreed");
        await town.Complete("pair.helper", member, "Agreed");
        await town.Complete("pair.needs", member, "Listed", new { needs = new[] { new { kind = "Life", content = "买药" } }, partyDay = 15, plan = "每月走访" });
        var pair = Assert.Single(await town.Read(db => new PairQueries(db).Active(orderId, None)));
        Assert.Equal((member, 15, OrderStatus.Active), (pair.HelperId, pair.PartyDay, (await Order()).Status));
        return pair;
    }

    // 28 March and 45 days is 12 May, and 60 days 27 May.
    private async Task FallsSilent(Pair pair)
    {
        await town.At(Local(5, 12, 7));
        Assert.Empty(await Told("pair.lapsed"));
        await town.At(Local(5, 12, 9));
        Assert.Equal(["unit:99990101"], await Told("pair.lapsed"));
        await town.At(Local(5, 27, 7));
        Assert.Empty(await town.Rows("select id from task where state = 1"));
        await town.At(Local(5, 27, 9));
        Assert.Equal(["""["member-yang"]"""], await town.Rows("select data -> 'data' ->> 'candidates' from task where kind = 'pair.propose' and state = 1"));
        Assert.Equal((PairStatus.Ended, "Lapsed"), await StateOf(pair));
        Assert.Equal(60, (await town.Read(db => new PairQueries(db).Find(pair.Id, None)))!.LongestGap);
    }

    private async Task Contact(Pair pair, int month, int day, string? needsFound = null, string? solved = null)
    {
        await town.At(Local(month, day, 10));
        await town.Publish($"pair:{pair.Id}:contact", new { kind = "Visit", content = "走访慰问", needsFound, solved, by = pair.HelperId });
        Assert.Contains(new DateOnly(2026, month, day), (await town.Read(db => new PairQueries(db).Contacts(pair.Id, None))).Select(contact => contact.ContactedOn));
    }

    private Task<List<string>> Told(string template) => town.Rows($"select payload ->> 'to' from outbox where payload ->> 'template' = '{template}'");

    private Task<Order> Order() => town.Read(db => db.Set<Order>().SingleAsync(row => row.Id == orderId));

    private Task<(PairStatus, string?)> StateOf(Pair pair) => town.Read(async db =>
    {
        var now = await db.Set<Pair>().SingleAsync(row => row.Id == pair.Id);
        return (now.Status, now.EndReason);
    });

    private Task<IReadOnlyList<FundBalance>> Balances() => town.Read(db => new FundQueries(db).Balances("999900", 2026, None));

    public sealed class OnSqlite : PartyPairingPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : PartyPairingPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
