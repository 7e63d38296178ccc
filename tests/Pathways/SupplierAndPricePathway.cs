using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>A supplier is listed ("procedure.supplier") and a price is set ("procedure.catalogue"), each by two people.</summary>
public abstract class SupplierAndPricePathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.supplier", "procedure.catalogue"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var supplier = new
        {
            id = "PV-C", countyCode = "999900", name = "示例服务社丙", items = new[] { "cleaning" }, areas = new[] { "999900" }, capacity = 5,
            bankAccount = "示例银行 0001", licenceUntil = "2027-12-31", agreementFrom = "2026-01-01", agreementTo = "2026-12-31"
        };
        await town.Start("procedure.supplier", new { supplier, by = "county-officer-2" });
        await town.Complete("supplier.approve", "county-officer-1", "Listed");
        Assert.Equal(SupplierStatus.Active, (await town.Read(db => new SupplierQueries(db).Find("PV-C", None)))!.Status);

        var entry = new { countyCode = "999900", code = "cleaning", price = 48m, validFrom = "2026-06-01", document = "doc", label = "v2026-2" };
        await town.Start("procedure.catalogue", new { kind = "price", entry, by = "township-reviewer-1" });
        Assert.Equal(45, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 6, 1), None)))!.Price);
        await town.Complete("catalogue.approve", "county-officer-1", "Approved");
        Assert.Equal(48, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 6, 1), None)))!.Price);
        Assert.Equal(45, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 5, 31), None)))!.Price);
    }

    public sealed class OnSqlite : SupplierAndPricePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SupplierAndPricePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
