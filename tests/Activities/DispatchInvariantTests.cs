using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break INV-16 and INV-19 when a visit is given to a worker: through the books, past them by bare statements, and by another node at the same moment.</summary>
public abstract class DispatchInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    private const string Child = "update {person} set birth_date = '2016-06-01' where id = 'person-zhang'";
    private string visit = "";

    [Fact]
    public async Task INV_16_nobody_is_sent_without_valid_training_for_the_item_on_the_day()
    {
        await Planned();
        Assert.Equal(["worker-a1", "worker-a2"], await Do(Fit));
        foreach (var lapse in new[]
        {
            "update {worker_training} set valid_to = '2026-04-07'", "update {worker_training} set valid_from = '2026-04-09'", "update {worker_training} set course = 'another'",
            "delete from {worker_training}", "update {worker} set active = (1 = 0)"
        })
            await Refused("INV-16", async db =>
            {
                await db.Database.ExecuteSqlRawAsync(Named(lapse));
                Assert.Empty(await Fit(db));
                await Send(db);
            });
        await Refused("INV-16", "update {visit_slot} set status = 'Dispatched'");   // without a worker
        await Refused("INV-16", "update {visit_slot} set status = 'Dispatched', worker_id = 'nobody'");
        await Refused("INV-16", "insert into {visit_slot} select 'x', county_code, created_at, created_by, order_id, person_id, 'cleaning', planned_start, planned_end, 'nobody', 'Dispatched' from {visit_slot}");

        Assert.True(await Do(Send));
        await Refused("INV-16", "update {visit_slot} set worker_id = 'nobody'");
        await Refused("INV-16", db => After(db, "update {worker_training} set valid_to = '2026-04-30'", "update {visit_slot} set planned_start = planned_start " + AMonth));
        await Do(db => new VisitBook(db).End(visit, VisitStatus.Cancelled, None));   // a pause; while it lasts the certificate ends
        await Do(db => db.Database.ExecuteSqlRawAsync(Named("update {worker_training} set valid_to = '2026-04-07'")));
        Assert.Equal(0, await Do(db => new VisitBook(db).Restore([visit], Morning(4, 1), None)));
    }

    [Fact]
    public async Task INV_16_nobody_is_sent_to_a_child_without_a_background_check_within_a_year()
    {
        await Planned();
        foreach (var check in new[] { "null", "'2025-04-07'" })   // the visit is on 8 April
            await Refused("INV-16", async db =>
            {
                await db.Database.ExecuteSqlRawAsync(Named(Child));
                await db.Database.ExecuteSqlRawAsync(Named("update {worker} set background_checked_on = " + check));
                Assert.Empty(await Fit(db));
                await Send(db);
            });
        await Do(db => db.Database.ExecuteSqlRawAsync(Named("update {worker} set background_checked_on = '2025-04-07'")));
        await Refused("INV-16", db => After(db, "update {person} set birth_date = '2008-04-09' where id = 'person-zhang'", "update {visit_slot} set status = 'Dispatched', worker_id = 'worker-a1'"));
        await Do(db => db.Database.ExecuteSqlRawAsync(Named("update {person} set birth_date = '2008-04-08' where id = 'person-zhang'")));   // of age on that day
        Assert.True(await Do(Send));

        await Do(db => db.Database.ExecuteSqlRawAsync(Named("update {worker} set background_checked_on = '2025-04-08' where id = 'worker-a2'")));
        await Do(db => db.Database.ExecuteSqlRawAsync(Named(Child)));
        Assert.Equal(["worker-a2"], await Do(Fit));
        await Refused("INV-16", "update {visit_slot} set planned_end = planned_end, worker_id = 'worker-b1', planned_start = planned_start " + AMonth);
        Assert.True(await Do(db => new VisitBook(db).Dispatch(visit, "worker-a2", None)));
    }

    [Fact]
    public async Task INV_19_nobody_is_sent_to_a_person_who_has_died_or_who_has_moved_away_before_that_day()
    {
        await Planned();
        await Refused("INV-19", async db =>
        {
            await db.Database.ExecuteSqlRawAsync(Named(Death));
            await Send(db);
        });
        await Refused("INV-19", async db =>
        {
            await db.Database.ExecuteSqlRawAsync(Named("update {person} set moved_on = '2026-04-07' where id = 'person-zhang'"));
            await Send(db);
        });
        await Do(db => db.Database.ExecuteSqlRawAsync(Named("update {person} set moved_on = '2026-04-08' where id = 'person-zhang'")));
        Assert.True(await Do(Send));   // on the last day they are still here
        await Do(db => db.Database.ExecuteSqlRawAsync(Named(Death)));
        await Refused("INV-19", "update {visit_slot} set worker_id = 'worker-a2'");
        await Do(db => new VisitBook(db).End(visit, VisitStatus.Cancelled, None));
        await Refused("INV-19", db => new VisitBook(db).Restore([visit], Morning(4, 1), None));
    }

    public sealed class OnSqlite() : DispatchInvariantTests(StorageKind.Sqlite)
    {
        protected override string AMonth => "+ 2592000000";
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : DispatchInvariantTests(StorageKind.PostgreSql)
    {
        protected override string AMonth => "+ interval '30 days'";

        /// <summary>The dispatch waits for what another node has written and not yet committed, and is refused when that stands.</summary>
        [Theory]
        [InlineData("INV-16", "update {worker} set active = false where id = 'worker-a1'")]
        [InlineData("INV-19", Death)]
        public async Task A_dispatch_waits_for_what_another_node_writes_at_that_moment(string because, string deed)
        {
            await Planned();
            await using var other = await Connect();
            await using var writing = await other.BeginTransactionAsync();
            await Execute(other, deed);
            var sent = Task.Run(() => DoApart(Send));
            await Patience.Until(SomebodyWaits, () => "the dispatch does not wait");

            await writing.CommitAsync();

            Assert.Contains(because, (await Assert.ThrowsAnyAsync<Exception>(() => sent)).GetBaseException().Message, StringComparison.Ordinal);
            Assert.Equal(VisitStatus.Scheduled, (await Do(db => db.Set<VisitSlot>().SingleAsync())).Status);
        }
    }

    private protected const string Death = "update {person} set life_status = 'Dead', died_on = '2026-04-07' where id = 'person-zhang'";

    /// <summary>What is added to a moment to come a month later.</summary>
    protected abstract string AMonth { get; }

    private protected async Task Planned()
    {
        await Confirmed();
        await InService();
        visit = Assert.Single(await Do(db => new VisitBook(db).Schedule(OrderId, [new PlannedVisit("home-care", Morning(4, 8), Morning(4, 8).AddHours(2))], ByClerk(), None)));
    }

    private protected Task<bool> Send(ReliefDbContext db) => new VisitBook(db).Dispatch(visit, "worker-a1", None);

    private async Task<IReadOnlyList<string>> Fit(ReliefDbContext db) => await TrainingGate.Fit(db, await db.Set<VisitSlot>().SingleAsync(row => row.Id == visit), None);

    private async Task After(ReliefDbContext db, string first, string then)
    {
        await db.Database.ExecuteSqlRawAsync(Named(first));
        await db.Database.ExecuteSqlRawAsync(Named(then));
    }
}
