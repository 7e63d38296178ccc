using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.dynamic", "procedure.entrants" and "procedure.entrants.person": the month begins, three who are new are asked, one wants help, one has died since, and a certificate runs out.</summary>
public abstract class DynamicPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.dynamic", "procedure.entrants", "procedure.entrants.person", "procedure.change", "procedure.discovery"];

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
        await town.At(Local(6, 3));
        var change = Assert.Single(await town.Read(db => new ChangeBook(db).Of("person-wang", None)));
        Assert.Equal((ChangeKind.Certificate, "certificate:paper:2026-07-02"), (change.Kind, change.OriginId));
        await town.Complete("entrant.contact@99990101", "surveyor-qian", "Unreachable", new { attempts = new[] { "2026-06-01T09:00:00+08:00", "2026-06-01T18:00:00+08:00", "2026-06-02T09:00:00+08:00" } });
        Assert.Equal(EntrantListStatus.Closed, (await List(town)).Status);
        await town.Complete("change.propose", "clerk-1", "Continue", new { reason = "证明材料已更新" });
        await town.At(Local(7, 2));
        Assert.Equal(["999900-2026-05", "999900-2026-06"], (await town.Read(db => new EntrantBook(db).Of("999900", None))).Select(list => list.Id).Order(StringComparer.Ordinal));
    }

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
