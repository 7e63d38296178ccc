using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break the in-kind ledger: through its book, and past it by bare statements.</summary>
public abstract class InKindInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    private static InKindGift Coat => new("CH-1", "棉衣", 1, 300) { Receipt = "CH-1-0001", GivenOn = new DateOnly(2026, 3, 15) };

    [Fact]
    public async Task INV_25_a_line_of_the_in_kind_ledger_stays_and_is_only_taken_back_by_its_opposite()
    {
        var orderId = await Ordered();
        var line = Assert.IsType<InKindResult.Booked>(await Give(orderId, Coat)).Entry;
        Assert.Equal(("person-zhang", 300m, orderId), (line.ReceiverId, line.Value, line.OrderId));
        await Refused("INV-25", "update {in_kind_entry} set value = 100");
        await Refused("INV-25", "delete from {in_kind_entry}");
        await Refused("INV-25", db => db.Insert(line with { Id = "part", Value = -100, Quantity = -1, CorrectsId = line.Id, IdemKey = "part" }, None));
        await Refused("in_kind_entry_worth", db => db.Insert(line with { Id = "less", Receipt = "CH-1-0002", Value = -300, IdemKey = "less" }, None));

        var back = Assert.IsType<InKindResult.Booked>(await Do(db => new InKindBook(db).TakeBack(line.Id, ByClerk(), None))).Entry;
        Assert.Equal((-300m, line.Id), (back.Value, back.CorrectsId));
        Assert.Equal(new InKindResult.Refused("TakenBack"), await Do(db => new InKindBook(db).TakeBack(line.Id, ByClerk(), None)));
        await Refused(Unique, db => db.Insert(back with { Id = "twice", IdemKey = "twice" }, None));
        Assert.Equal(0, (await Do(db => new InKindQueries(db).OfYear(County, 2026, None))).Sum(entry => entry.Value));
    }

    [Fact]
    public async Task Goods_are_booked_once_with_a_receipt_a_quantity_and_a_value()
    {
        var orderId = await Ordered();
        var deed = ByClerk("charity-1");
        var first = Assert.IsType<InKindResult.Booked>(await Do(db => new InKindBook(db).Give(orderId, Coat, deed, None)));
        Assert.Equal(first.Entry.Id, Assert.IsType<InKindResult.Booked>(await Do(db => new InKindBook(db).Give(orderId, Coat, deed, None))).Entry.Id);
        Assert.Equal(new InKindResult.Refused("ReceiptUsed"), await Give(orderId, Coat));
        await Refused(Unique, db => db.Insert(first.Entry with { Id = "again", IdemKey = "again" }, None));
        Assert.Equal(new InKindResult.Refused("NoReceipt"), await Give(orderId, Coat with { Receipt = " " }));
        Assert.Equal(new InKindResult.Refused("NoValue"), await Give(orderId, Coat with { Receipt = "2", Value = 0.001m }));
        Assert.Equal(new InKindResult.Refused("NoQuantity"), await Give(orderId, Coat with { Receipt = "2", Quantity = 0 }));
        Assert.Equal(new InKindResult.Refused("NotYetGiven"), await Give(orderId, Coat with { Receipt = "2", GivenOn = new DateOnly(2026, 3, 17) }));
        await Refused("has_receipt", db => db.Insert(first.Entry with { Id = "bare", Receipt = " ", IdemKey = "bare" }, None));
        Assert.Single(await Do(db => new InKindQueries(db).OfOrder(orderId, None)));
        Assert.Single(await Do(db => new InKindQueries(db).OfDonor(County, "CH-1", None)));
    }

    private async Task<string> Ordered()
    {
        await Surveying();
        var entry = new OrderEntry(CaseId, [], "M7", new DateOnly(2026, 4, 1), new DateOnly(2026, 12, 31));
        return Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Create(entry, ByClerk(), None))).Id;
    }

    private Task<InKindResult> Give(string orderId, InKindGift gift) => Do(db => new InKindBook(db).Give(orderId, gift, ByClerk("charity-1"), None));

    public sealed class OnSqlite() : InKindInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : InKindInvariantTests(StorageKind.PostgreSql);
}
