using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>The one percent cap binds where money is given and where it is reserved: "procedure.fund" (SC-04).</summary>
public abstract class OnePercentCapPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.fund", "pathway.government-purchase"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var refused = await town.Start("procedure.fund", new { countyCode = "999900", kind = "Allocate", accountId = "F3-2026", amount = 70_000m, document = "doc", by = "county-finance-1" });
        await RefusedAtOnce(town, refused);
        await town.Set(async db =>
        {
            var deed = new Deed("system", Local(3, 2), "scene");
            var purpose = new FundPurpose(ReliefCategory.Margin, ["disabled"], ["errand"], "M1");
            await new ReservationBook(db).Reserve(new ReservationRequest
            {
                OrderId = "earlier", CountyCode = "999900", Amount = 230_000, PeriodFrom = new DateOnly(2026, 1, 1), PeriodTo = new DateOnly(2026, 12, 31), Purpose = purpose, CandidateAccounts = ["F3-2026"]
            }, deed, None);
        });
        await town.Start("procedure.fund", new { countyCode = "999900", kind = "CapBase", fiscalYear = 2026, amount = 24_000_000m, document = "doc-2", by = "county-finance-1" });
        await town.Complete("fund.approve", "county-officer-1", "Approved");
        Assert.Equal(["K"], await town.Rows("select payload ->> 'audience' from outbox where payload ->> 'template' = 'fund.aboveCap'"));

        Assert.Equal(OrderStatus.Sent, await Errands(town, "person-wang", 400));
        Assert.Equal(12_000, await FundScene.Available(town, "F3-2026"));
        Assert.Equal(OrderStatus.Created, await Errands(town, "person-zheng", 250));
        Assert.Equal(["CapExceeded"], await town.Rows("select payload -> 'data' ->> 'reason' from outbox where payload ->> 'template' = 'fund.blocked'"));
        Assert.Equal(12_000, await FundScene.Available(town, "F3-2026"));
    }

    private static async Task<OrderStatus> Errands(Town town, string person, int visits)
    {
        var (caseId, needId) = await FundScene.Confirmed(town, person, "errand", visits);
        await town.Start("pathway.government-purchase", new { caseId, needItemId = needId, personId = person, from = "2026-04-01", to = "2026-04-30" });
        return Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Status;
    }

    private static async Task RefusedAtOnce(Town town, Guid id)
    {
        Assert.Equal(["yes"], await town.Rows($"select 'yes' from instance where id = '{id}' and finished_at is not null"));
        Assert.Empty(await town.Rows($"select kind from task where instance_id = '{id}'"));
    }

    public sealed class OnSqlite : OnePercentCapPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : OnePercentCapPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
