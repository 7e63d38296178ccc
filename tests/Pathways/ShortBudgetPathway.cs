using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>An order waits for money where a budget may not be split, and goes on when "procedure.fund" brings it (SC-03).</summary>
public abstract class ShortBudgetPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["pathway.government-purchase", "procedure.fund"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var (caseId, needId) = await FundScene.Nursing(town, "person-wang", 10);
        await FundScene.IsShort(town);
        var whole = new ParameterChange { Key = "fund.split", AreaCode = "999900", Value = "false", Unit = "flag", ValidFrom = new DateOnly(2026, 1, 1), Basis = "test" };
        await town.Set(db => new ParameterBook(db).Set(whole, new Deed("county-finance-1", Local(3, 1), "scene"), None));

        await town.Start("pathway.government-purchase", new { caseId, needItemId = needId, personId = "person-wang", from = "2026-04-01", to = "2026-04-30" });

        var order = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None)));
        Assert.Equal((600m, 500m, OrderStatus.Created), (await FundScene.Available(town, "F5-2026"), await FundScene.Available(town, "F3-2026"), order.Status));
        Assert.Equal(["waitingList"], await town.Rows("select kind from task where state = 1"));
        Assert.Equal(["A", "C"], await town.Rows("select payload ->> 'audience' from outbox where payload ->> 'template' = 'fund.short' order by 1"));
        await FundScene.Give(town, "F5-2026", 300);
        order = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None)));
        Assert.Equal((0m, OrderStatus.Sent), (await FundScene.Available(town, "F5-2026"), order.Status));
    }

    public sealed class OnSqlite : ShortBudgetPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ShortBudgetPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
