using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.delivery.late", "procedure.investigation" and "procedure.refusal": a record that comes after 72 hours, its money frozen twice, a service that nobody wants any more, and a visit that was served before a pause cancelled it (E23, E17, E01, E21).</summary>
public abstract class DoubtfulVisitsPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.delivery.late", "procedure.investigation", "procedure.refusal", "procedure.change"];

    public override DateTimeOffset Begins => Local(5, 8);

    private protected override async Task Tell(Town town)
    {
        var (order, visit, caseId) = await Served(town);
        await ComesLate(town, visit);
        var record = Assert.Single(await town.Read(db => new RecordQueries(db).Of(order, None)));
        Assert.Equal((RecordStatus.Accepted, "村委证明"), (record.Status, record.OverrideReason));
        await IsSuspected(town, order, record.Id);
        await IsRefused(town, caseId, visit);
        await WasServedBeforeAPause(town, order);
    }

    private static async Task<(string Order, string Visit, string Case)> Served(Town town)
    {
        var (order, visit) = ("", "");
        await town.Set(async db =>
        {
            order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            visit = Assert.Single(await new VisitBook(db).Schedule(order, [new PlannedVisit("cleaning", Local(5, 4), Local(5, 4, 10))], new Deed("system", Local(5, 4), "visit"), None));
            await new VisitBook(db).End(visit, VisitStatus.Missing, None);
        });
        return (order, visit, await town.Read(db => db.Set<Order>().Where(row => row.Id == order).Select(row => row.CaseId).SingleAsync()));
    }

    private static async Task ComesLate(Town town, string visitId)
    {
        await town.Start("procedure.delivery.late", new { visitId, record = new { outcome = "Done" } });   // nothing that could be kept
        await town.Start("procedure.delivery.late", new { visitId, record = new { workerId = "worker-a1", start = Local(5, 4), end = Local(5, 4, 10), content = "done", confirmedBy = "张某某 签字" } });
        await town.Complete("record.accept", "clerk-1", "Queried", new { reason = "为何逾期" });
        await town.Complete("record.accept", "clerk-1", "Accepted", new { overrideReason = "村委证明" });
    }

    private static async Task IsSuspected(Town town, string orderId, string record)
    {
        foreach (var found in new[] { "Unfounded", "Founded" })
        {
            await town.Start("procedure.investigation", new { orderId, recordIds = new[] { record }, said = "邻居称无人上门", evidence = new[] { "photo-1" }, by = "clerk-1" });
            Assert.Null((await Freeze(town, record)).LiftedAt);
            await town.Complete("investigation", "county-officer-2", found, new { reason = "已入户核实" });
            Assert.Equal(found == "Founded", (await Freeze(town, record)).LiftedAt is null);
        }

        Assert.Equal(["Founded", "Unfounded"], (await town.Read(db => new TicketBook(db).Of("999900", false, None))).Select(ticket => ticket.Outcome).Order());
    }

    private static async Task IsRefused(Town town, string caseId, string visitId)
    {
        await town.Start("procedure.refusal", new { caseId, personId = "person-zhang", visitId });
        await town.Complete("refusal-review", "reviewer-li", "Respected", new { refusedBy = "Person", capacity = "完全", reason = "不需要", witness = "村委" });
        await town.At(Local(6, 8));
        Assert.Equal(ChangeKind.Refusal, Assert.Single(await town.Read(db => new ChangeBook(db).Of("person-zhang", None))).Kind);
        await town.Complete("change.propose", "clerk-1", "Continue", new { reason = "本人又愿意接受服务" });
    }

    // A pause cancels what is planned for later that day: what had begun by then is recorded, once, and nothing that is said to have begun afterwards.
    private static async Task WasServedBeforeAPause(Town town, string order)
    {
        var visitId = "";
        await town.Set(async db =>
        {
            visitId = Assert.Single(await new VisitBook(db).Schedule(order, [new PlannedVisit("cleaning", Local(6, 8, 15), Local(6, 8, 16))], new Deed("system", Local(6, 8), "paused"), None));
            await new VisitBook(db).End(visitId, VisitStatus.Cancelled, None);
        });
        await town.At(Local(6, 8, 20));
        foreach (var hour in new[] { 14, 11, 11 })
            await town.Start("procedure.delivery.late", new { visitId, record = new { workerId = "worker-a1", start = Local(6, 8, hour), end = Local(6, 8, hour + 1), content = "done", confirmedBy = "张某某 签字" }, pausedAt = Local(6, 8, 13) });
        Assert.Equal(Local(6, 8, 11), Assert.Single(await town.Read(db => new RecordQueries(db).Of(order, None)), record => record.VisitId == visitId).StartAt);
    }

    private static Task<RecordFreeze> Freeze(Town town, string record) => town.Read(db => db.Set<RecordFreeze>().SingleAsync(row => row.RecordId == record));

    public sealed class OnSqlite : DoubtfulVisitsPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DoubtfulVisitsPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
