using Relief.Flow.Activities.Orders;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>A short budget is split over two funds (SC-03).</summary>
public abstract class SplitBudgetPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["pathway.government-purchase"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var (caseId, needId) = await FundScene.Nursing(town, "person-wang", 10);
        await FundScene.IsShort(town);

        await town.Start("pathway.government-purchase", new { caseId, needItemId = needId, personId = "person-wang", from = "2026-04-01", to = "2026-04-30" });

        var order = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None)));
        Assert.Equal((0m, 200m, OrderStatus.Sent), (await FundScene.Available(town, "F5-2026"), await FundScene.Available(town, "F3-2026"), order.Status));
    }

    public sealed class OnSqlite : SplitBudgetPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SplitBudgetPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
