using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.dynamic", "procedure.entrants" and "procedure.entrants.person": the month begins, three who are new are asked, one wants help, one has died since, and a certificate runs out;
/// "procedure.renewal": a licence runs out before it is renewed, a worker's training is renewed in time.</summary>
public abstract class DynamicPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.dynamic", "procedure.entrants", "procedure.entrants.person", "procedure.change", "procedure.discovery", "procedure.renewal"];

    public override DateTimeOffset Begins => Local(5, 31);

    private protected override async Task Tell(Town town)
    {
        await town.Set(async db =>
        {
            foreach (var (person, day) in new[] { ("person-zheng", 10), ("new-1", 12), ("new-2", 14), ("new-3", 16) })
                await Includes(db, person, new DateOnly(2026, 5, day));
            await db.Insert(new PersonCondition
            {
                Id = "paper", CountyCode = "999900", CreatedAt = Local(5, 1), CreatedBy = "seed", PersonId = "person-wang", Kind = ConditionKind.SeriousIllness, Evidence = "证明材料", Confidential = false, ValidTo = new DateOnly(2026, 7, 2)
            }, None);
            await new IdentityBook(db).Recategorise("person-jin", (ReliefCategory.Dibao, new DateOnly(2026, 5, 20), "e-1"), new Deed("clerk-b", Local(5, 20), "jin"), None);
            await db.Replace(await db.Set<Supplier>().SingleAsync(row => row.Id == "PV-B") with { LicenceUntil = new DateOnly(2026, 6, 2) }, None);
            await db.Insert(new WorkerTraining { Id = "first-aid", WorkerId = "worker-a1", Course = "first-aid", Certificate = "T-1", ValidFrom = new DateOnly(2025, 7, 4), ValidTo = new DateOnly(2026, 7, 3) }, None);
            await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "new-2") with { LifeStatus = LifeStatus.Dead, DiedOn = new DateOnly(2026, 5, 30) }, None);
        });
        var (id, _, input) = WatchCounty.OfMonth("999900", new DateOnly(2026, 6, 1));
        await town.Start("procedure.dynamic", input, id);
        await town.At(Local(6, 1));
        Assert.Equal(["person-new-1", "person-new-2 Gone", "person-new-3", "person-zheng"], (await People(town)).Select(Told));

        await town.Complete("entrant.contact@99990201", "village-worker-3", "NoNeed", new { });
        await town.Complete("entrant.contact@99990201", "village-worker-3", "NoNeed", new { note = "目前没有困难" });
        await town.Complete("entrant.contact@99990102", "village-worker-2", "HasNeed", new { note = "需要照料", risk = "High" });
        var found = Assert.Single(await town.Read(db => db.Set<Discovery>().ToListAsync()));
        Assert.Equal(("new-3", DiscoveryRisk.High, found.Id), (found.PersonId, found.Risk, (await People(town)).Single(one => one.PersonId == "new-3").DiscoveryId));
        await town.Complete("entrant.contact@99990101", "surveyor-qian", "Gone", new { note = "不在" });
        await town.Complete("entrant.contact@99990101", "surveyor-qian", "Unreachable", new { attempts = new[] { "2026-06-01T09:00:00+08:00", "2026-06-01T18:00:00+08:00" } });
        Assert.Equal(EntrantListStatus.Open, (await List(town)).Status);
        Assert.Equal(["Licence"], await Renewals(town));
        await town.At(Local(6, 3));
        await Renewed(town);
        var change = Assert.Single(await town.Read(db => new ChangeBook(db).Of("person-wang", None)));
        Assert.Equal((ChangeKind.Certificate, "certificate:paper:2026-07-02"), (change.Kind, change.OriginId));
        await town.Complete("entrant.contact@99990101", "surveyor-qian", "Unreachable", new { attempts = new[] { "2026-06-01T09:00:00+08:00", "2026-06-01T18:00:00+08:00", "2026-06-02T09:00:00+08:00" } });
        Assert.Equal(EntrantListStatus.Closed, (await List(town)).Status);
        await town.Complete("change.propose", "clerk-1", "Continue", new { reason = "证明材料已更新" });
        await town.At(Local(7, 2));
        Assert.Equal(["999900-2026-05", "999900-2026-06"], (await town.Read(db => new EntrantBook(db).Of("999900", None))).Select(list => list.Id).Order(StringComparer.Ordinal));
    }

    // Thirty days ahead the training; the licence was over a day ago, and the county has been told.
    private static async Task Renewed(Town town)
    {
        Assert.Equal(["Licence", "Training"], await Renewals(town));
        Assert.Equal(["qualification.ended K 1", "qualification.ending K 3", "qualification.ending S 1"], (await town.Table("select payload ->> 'template', payload ->> 'audience' from outbox where payload ->> 'template' like 'qualification.%'"))
            .CountBy(row => $"{row[0]} {row[1]}").Select(told => $"{told.Key} {told.Value}").Order(StringComparer.Ordinal));   // once, and twice before its last day is over
        await town.Complete("qualification.renew@999900", "county-officer-1", "Renewed", new { certificate = "L-2", validTo = "2026-06-02" });   // no longer than what ran out
        await town.Complete("qualification.renew@999900", "county-officer-1", "Renewed", new { certificate = "L-2", validTo = "2028-06-02" });
        await town.Complete("qualification.renew@PV-A", "supplier-a", "Renewed", new { certificate = "T-2", validFrom = "2026-06-01" });
        Assert.Equal((new DateOnly(2028, 6, 2), new DateOnly(2027, 5, 31)), await town.Read(async db => (
            (await new SupplierQueries(db).Find("PV-B", None))!.LicenceUntil!.Value, await db.Set<WorkerTraining>().Where(row => row.Certificate == "T-2").Select(row => row.ValidTo).SingleAsync())));
    }

    private static async Task<IEnumerable<string>> Renewals(Town town) =>
        (await town.Rows("select data -> 'data' ->> 'kind' from task where kind = 'qualification.renew' and state in (1, 2)")).Order(StringComparer.Ordinal);

    private static string Told(Entrant one) => $"{(one.PersonId.StartsWith("new", StringComparison.Ordinal) ? "person-" : "")}{one.PersonId} {one.Outcome}".Trim();

    private static async Task Includes(ReliefDbContext db, string person, DateOnly from)
    {
        if (!await db.Set<Person>().AnyAsync(row => row.Id == person))
            await db.Insert((await db.Set<Person>().SingleAsync(row => row.Id == "person-zhang")) with { Id = person, IdNumberHash = person, AreaCode = person == "new-3" ? "99990102" : "99990101" }, None);
        await db.Insert(new ReliefIdentity
        {
            Id = person + ":new", CountyCode = "999900", CreatedAt = Local(5, 10), CreatedBy = "seed", PersonId = person, Category = ReliefCategory.Dibao, ValidFrom = from, Evidence = "救助登记", Source = "relief-registry"
        }, None);
    }

    private static async Task<IEnumerable<Entrant>> People(Town town) =>
        (await town.Read(db => new EntrantBook(db).People("999900-2026-05", None))).OrderBy(Told, StringComparer.Ordinal);

    private static async Task<EntrantList> List(Town town) => (await town.Read(db => new EntrantBook(db).Find("999900-2026-05", None)))!;

    public sealed class OnSqlite : DynamicPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DynamicPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
