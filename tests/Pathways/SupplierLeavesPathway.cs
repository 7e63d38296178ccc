using Relief.Flow.Activities.Covers;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.supplier.exit" and "procedure.cover": one order goes to another supplier, one the township covers itself (E05).</summary>
public abstract class SupplierLeavesPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.supplier.exit", "procedure.cover"];

    public override DateTimeOffset Begins => Local(5, 25);

    private protected override async Task Tell(Town town)
    {
        await town.Set(db => ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-B", "cleaning", "meal"));
        await town.Start("procedure.supplier.exit", new { supplierId = "PV-B", lastDay = "2026-05-31", by = "county-officer-1" });
        // Who leaves cannot go on; somebody who does not do the work neither.
        await town.Complete("cover.decide", "clerk-1", "Moved", new { supplierId = "PV-B" });
        await town.Complete("cover.decide", "clerk-1", "Moved", new { supplierId = "PV-A" });
        await town.Complete("cover.decide", "clerk-1", "Emergency", new { reason = "无合适机构" });
        await town.Complete("cover.ask", "supplier-a", "Accepted");
        await town.Sign("supplier-a");
        await town.At(Local(6, 1));
        await town.Complete("exit.deletion", "supplier-b", "Certified", new { certificate = "del-1" });
        await town.Complete("cover.emergency", "clerk-1", "Stop", new { reason = "已安排亲属照料" });

        var covers = await town.Read(db => new CoverBook(db).Of("PV-B", None));
        Assert.Equal([("PV-A", 0), (null, null)], covers.Select(cover => (cover.ToSupplierId, cover.GapHours)).OrderByDescending(cover => cover.ToSupplierId));
        foreach (var cover in covers)
            Assert.Equal(cover.ToSupplierId is null ? OrderStatus.Paused : OrderStatus.Active, (await town.Read(db => new OrderQueries(db).Find(cover.OrderId, None)))!.Order.Status);
        Assert.Equal(SupplierStatus.Exited, (await town.Read(db => new SupplierQueries(db).Find("PV-B", None)))!.Status);
    }

    public sealed class OnSqlite : SupplierLeavesPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SupplierLeavesPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
