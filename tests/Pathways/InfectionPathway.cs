using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.infection": three planned visits fall away, the report is made in time, workers learn the level of protection alone, and after clearance visits go on (SC-15).</summary>
public abstract class InfectionPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.infection", "pathway.government-purchase", "procedure.delivery"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        var zhang = await ConfirmedNeed.Of(town, "person-zhang", ReliefCategory.Dibao, new NeedEntry("cleaning", "清洁服务", "elderly", Urgency.Normal, "清洁"), (3, "M1"));
        await town.Start("pathway.government-purchase", zhang.Input);
        var orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(zhang.CaseId, None))).Id;
        await town.Complete("referral", "supplier-a", "Accepted");
        await town.Complete("plan", "supplier-a", "Submitted", new { goals = "清洁", lines = new[] { new PlannedItem("cleaning", 3, 3) } });
        await town.Complete("plan.agree", "clerk-1", "Agreed");
        await town.Sign("supplier-a");
        await town.At(Local(3, 31));
        var planned = (await Visits(town, orderId)).Where(visit => visit.Status is VisitStatus.Scheduled or VisitStatus.Dispatched).ToList();
        Assert.Equal(3, planned.Count);

        await town.Start("procedure.infection", new { caseId = zhang.CaseId, personId = zhang.PersonId });
        Assert.All(await Visits(town, orderId), visit => Assert.Equal(VisitStatus.Cancelled, visit.Status));
        Assert.Equal(OrderStatus.Paused, (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status);
        var due = Assert.Single(await town.Moments("select due_at from task where kind = 'infection.report'"));
        Assert.Equal(TimeSpan.FromHours(2), due - Local(3, 31));
        await town.Complete("infection.report", "clerk-1", "Done", new { reference = "cdc-17" });
        await town.At(Local(4, 3));
        await town.Complete("infection.clear", "clerk-1", "Done", new { reference = "clear-17" });

        Assert.Equal(OrderStatus.Active, (await town.Read(db => new OrderQueries(db).Find(orderId, None)))!.Order.Status);
        var ahead = planned.Where(visit => visit.PlannedStart > Local(4, 3)).Select(visit => visit.PlannedStart).Order();
        Assert.Equal(ahead, (await Visits(town, orderId)).Where(visit => visit.Status != VisitStatus.Cancelled && visit.PlannedStart <= planned[^1].PlannedStart).Select(visit => visit.PlannedStart).Order());
    }

    private static Task<IReadOnlyList<VisitSlot>> Visits(Town town, string orderId) => town.Read(db => new RecordQueries(db).Visits(orderId, None));

    public sealed class OnSqlite : InfectionPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : InfectionPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
