using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.charity" with the lists and the ticket that it starts, told for three persons: one is served, one is declined and goes to the next project, one does not consent.</summary>
public abstract class CharityPathway : PathwayStory
{
    private Town town = null!;

    public override IReadOnlyList<string> Plays => ["pathway.charity", "procedure.charity-list", "procedure.complaint", "procedure.archive"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Project("冬衣送暖");
        await Project("棉被送暖");
        var (wang, feng, zhang) = (await Needs("person-wang"), await Needs("person-feng"), await Needs("person-zhang"));
        await Says(wang, "Granted");
        await Says(feng, "Granted");
        await Says(zhang, "Refused");
        Assert.Equal(["person:person-zhang"], await town.Rows("select payload ->> 'to' from outbox where payload ->> 'template' = 'charity.brochure'"));
        Assert.Equal(OrderStatus.Cancelled, await Order(zhang));

        await Listed();
        await town.At(Local(4, 1));
        await town.Complete("charity.answer", "charity-1", "Answered", new { answers = new object[] { new { orderId = wang, decision = "Accepted", plan = "冬衣一套" }, new { orderId = feng, decision = "Declined", reason = "尺码不合" } } });
        await town.Files("clerk-1");
        await Listed();
        await Served(wang);
        await NextProject(feng);
        await Called(wang);
        Assert.Equal(100_000, await FundScene.Available(town, "F8-2026"));
    }

    // The charity may not ask for publicity; the coat goes into the in-kind ledger.
    private async Task Served(string orderId)
    {
        await town.At(Local(4, 10));
        var coat = new { decision = "Delivered", kind = "Goods", date = "2026-04-10", goods = "冬衣", quantity = 1, value = 300, receipt = "CH-1-0001", by = "charity-1" };
        await town.Publish("delivery:" + orderId, new { coat.decision, coat.kind, coat.date, coat.goods, coat.quantity, coat.value, coat.receipt, coat.by, condition = "公开报道" });
        Assert.Equal(OrderStatus.Accepted, await Order(orderId));
        await town.Publish("delivery:" + orderId, coat);
        Assert.Equal(OrderStatus.Active, await Order(orderId));
        Assert.Equal(300, Assert.Single(await town.Read(db => new InKindQueries(db).OfOrder(orderId, None))).Value);
    }

    // Declined, on the next list, queued, accepted, and then stopped before anything was given.
    private async Task NextProject(string orderId)
    {
        await town.Complete("charity.answer", "charity-1", "Answered", new { answers = new[] { new { orderId, decision = "Queued" } } });
        await town.At(Local(4, 20));
        await town.Complete("charity.answer", "charity-1", "Answered", new { answers = new[] { new { orderId, decision = "Accepted" } } });
        await town.Publish($"order:{orderId}:stop", new { });
        Assert.Equal(OrderStatus.Cancelled, await Order(orderId));
        Assert.Equal([NominationStatus.Declined, NominationStatus.Withdrawn], (await Places(orderId)).Select(place => place.Status));
    }

    // Thirty days after the delivery nothing has arrived: a ticket; and the charity is late in deleting its first list.
    private async Task Called(string orderId)
    {
        await town.At(Local(5, 11));
        Assert.Equal(2, (await town.Rows("select payload ->> 'to' from outbox where payload ->> 'template' = 'charity.overdue'")).Count);
        await town.Complete("charity.deletion", "charity-1", "Deleted", new { certificate = "CH-1-D-1" });
        await town.Complete("charity.confirm", "clerk-1", "NotReceived", new { reason = "未收到冬衣" });
        var ticket = Assert.Single(await town.Read(db => new TicketBook(db).Of("999900", true, None)));
        Assert.Equal(("charity.NotReceived", "未收到冬衣", "999901"), (ticket.Kind, ticket.Reason, ticket.UnitCode));
        await town.Complete("ticket", "clerk-1", "Founded", new { measures = "慈善组织补送" });
        Assert.Equal(OrderStatus.Ended, await Order(orderId));
        Assert.Empty(await town.Read(db => new TicketBook(db).Of("999900", true, None)));
        await town.Complete("charity.deletion", "charity-1", "Deleted", new { certificate = "CH-1-D-2" });
        Assert.All(await town.Read(db => db.Set<CharityList>().ToListAsync()), list => Assert.Equal(CharityListStatus.Deleted, list.Status));
    }

    private async Task Listed()
    {
        await town.Complete("charity.compile", "county-officer-1", "Compiled");
        await town.Complete("charity.check", "county-officer-2", "Sent");
    }

    private Task Project(string name) => town.Set(db => new CharityBook(db).Register(new ProjectForm
    {
        CountyCode = "999900", CharityId = "CH-1", Name = name, Kind = CharityKind.Goods, ItemCodes = ["charity-goods"], PersonClasses = ["elderly", "disabled"], Capacity = 10,
        ValidFrom = new DateOnly(2026, 1, 1), ValidTo = new DateOnly(2026, 6, 30), Contact = "示例慈善会"
    }, new Deed("county-officer-1", Local(3, name == "冬衣送暖" ? 1 : 2), "project-" + name), None));

    private async Task<string> Needs(string personId)
    {
        var (caseId, needItemId) = await FundScene.Confirmed(town, personId, "charity-goods", 1);
        await town.Start("pathway.charity", new { caseId, needItemId, personId });
        return Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
    }

    private Task Says(string orderId, string decision) => town.Publish($"consent:{orderId}:CH-1", new { decision, form = "paper", givenBy = "self", by = "clerk-1" });

    private async Task<OrderStatus> Order(string orderId) => (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status;

    private Task<List<Nomination>> Places(string orderId) => town.Read(db => db.Set<Nomination>().Where(row => row.OrderId == orderId).OrderBy(row => row.CreatedAt).ToListAsync());

    public sealed class OnSqlite : CharityPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : CharityPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
