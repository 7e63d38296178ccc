using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.consent": a name leaves the charity's list and the sheet at once, bought care goes on, and the answer that is late is told to the county (E20).</summary>
public abstract class ConsentPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.consent", "pathway.charity", "procedure.charity-list"];

    public override DateTimeOffset Begins => Local(4, 7);

    private protected override async Task Tell(Town town)
    {
        var (bought, given) = ("", "");
        await town.Set(async db =>
        {
            bought = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            await new ConsentBook(db).Give("person-wang", "paper", new Deed("clerk-1", Local(4, 1), "sheet"), None);
            await new CharityBook(db).Register(new ProjectForm
            {
                CountyCode = "999900", CharityId = "CH-1", Name = "冬衣送暖", Kind = CharityKind.Goods, ItemCodes = ["charity-goods"], PersonClasses = ["elderly", "disabled"], Capacity = 10,
                ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 12, 31), Contact = "示例慈善会"
            }, new Deed("county-officer-1", Local(3, 1), "project"), None);
        });
        var (caseId, needItemId) = await FundScene.Confirmed(town, "person-wang", "charity-goods", 1);
        await town.Start("pathway.charity", new { caseId, needItemId, personId = "person-wang" });
        given = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
        await town.Publish($"consent:{given}:CH-1", new { decision = "Granted", form = "paper", givenBy = "self", by = "clerk-1" });
        await town.Complete("charity.compile", "county-officer-1", "Compiled");
        await town.Complete("charity.check", "county-officer-2", "Sent");

        await town.Start("procedure.consent", new { personId = "person-wang", scopes = new[] { "Charity", "Publication" }, form = "voice", by = "clerk-1" });
        Assert.Equal(OrderStatus.Cancelled, await Order(given));
        Assert.Equal([NominationStatus.Withdrawn], await town.Read(db => db.Set<Nomination>().Select(row => row.Status).ToListAsync()));
        Assert.NotNull((await town.Read(db => db.Set<DataConsent>().SingleAsync())).WithdrawnAt);
        Assert.Null(await town.Read(db => new ConsentBook(db).Of("person-wang", None)));
        await town.Start("procedure.consent", new { personId = "person-zhang", form = "paper", by = "clerk-2" });
        Assert.Equal(OrderStatus.Active, await Order(bought));

        await town.At(Local(4, 29));
        Assert.Equal(["unit:999900", "unit:999900"], await town.Rows("select payload ->> 'to' from outbox where payload ->> 'template' = 'consent.late' and payload ->> 'audience' = 'K'"));
        await town.Complete("consent.answer", "clerk-1", "Answered", new { answer = "已从名单删除" });
        await town.Complete("consent.answer", "clerk-1", "Answered", new { answer = "没有可停止的事项" });
        Assert.Equal(["person:person-wang", "person:person-zhang"], (await town.Rows("select payload ->> 'to' from outbox where payload ->> 'template' = 'consent.answered'")).Order());

        async Task<OrderStatus> Order(string id) => (await town.Read(db => new OrderQueries(db).Find(id, None)))!.Order.Status;
    }

    public sealed class OnSqlite : ConsentPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ConsentPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
