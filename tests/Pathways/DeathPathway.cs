using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.death": a report that was wrong is taken back, a true one closes the case, a second one changes nothing (E02).</summary>
public abstract class DeathPathway : PathwayStory
{
    private Town town = null!;

    public override IReadOnlyList<string> Plays => ["procedure.death"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Reported("person-zhao", null, "dataMatch");
        Assert.Equal(LifeStatus.DeathReported, await Life("person-zhao"));
        await town.Complete("death", "clerk-1", "DeathRetracted");
        Assert.Equal(LifeStatus.Alive, await Life("person-zhao"));

        var (caseId, _) = await FundScene.Confirmed(town, "person-wang", "errand", 4);
        await Reported("person-wang", caseId, "village");
        await Reported("person-wang", caseId, "family");
        Assert.Equal(["death"], await town.Rows("select kind from task where state in (1, 2)"));
        Assert.Equal(CaseStatus.Confirmed, await Status(caseId));
        await town.At(Local(3, 26));
        await town.Complete("death", "clerk-2", "PersonDied", new { evidence = "死亡证明" });

        Assert.Equal((LifeStatus.Dead, CaseStatus.Closed), (await Life("person-wang"), await Status(caseId)));
        Assert.Empty(await town.Rows("select id from instance where definition_id = 'procedure.death' and finished_at is null"));
        Assert.Equal(["K"], await town.Rows("select payload ->> 'audience' from outbox where payload ->> 'template' = 'death.confirmed'"));
        Assert.Empty(await town.Rows("select payload ->> 'to' from outbox where payload ->> 'to' = 'person:person-wang'"));
    }

    private Task<Guid> Reported(string personId, string? caseId, string source)
    {
        var input = new Dictionary<string, string> { ["personId"] = personId, ["diedOn"] = "2026-03-23", ["source"] = source };
        if (caseId is not null)
            input["caseId"] = caseId;
        return town.Start("procedure.death", input);
    }

    private Task<LifeStatus> Life(string personId) =>
        town.Read(db => db.Set<Person>().Where(row => row.Id == personId).Select(row => row.LifeStatus).SingleAsync());

    private async Task<CaseStatus> Status(string caseId) => (await town.Read(db => new CaseQueries(db).Find(caseId, None)))!.Case.Status;

    public sealed class OnSqlite : DeathPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DeathPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
