using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.SixChecks;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.check666" and "procedure.check666.action": a quarter's six items of a township, a file that is completed and one that cannot be, a relative who is filed.</summary>
public abstract class CheckPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.check666", "procedure.check666.action", "procedure.kinfiling"];

    public override DateTimeOffset Begins => Local(3, 31);

    private protected override async Task Tell(Town town)
    {
        await town.Set(Known);
        var (id, _, input) = OpenCheck.Of("999901", new DateOnly(2026, 4, 1));
        await town.Start("procedure.check666", input, id);
        await town.At(Local(4, 1, 1));

        foreach (var item in Enumerable.Range(1, 6))
        {
            var sampled = await town.Read(db => db.Set<CheckSheet>().Where(row => row.RunId == "999901-2026-04" && row.Item == item).Select(row => row.Sampled).SingleAsync());
            object[] found = item switch
            {
                5 => [new { personId = "person-zhao", what = "侄子在镇里工作", staffId = "zhao-nephew", relation = "kin" }],
                6 => [new { personId = "person-feng", what = "缺需求评估" }, new { personId = "person-hua", what = "家庭成员未更新" }],
                _ => []
            };
            await town.Complete("check666.item" + item, "duty-1", found.Length > 0 ? "Findings" : "Clean", new { @checked = sampled + 1, findings = found });
            await town.Complete("check666.item" + item, "duty-1", found.Length > 0 ? "Findings" : "Clean", new { @checked = sampled, findings = found });
        }

        await town.Complete("check666.kin", "county-officer-1", "Done", new { result = "已备案" });
        await town.Complete("kin.file", "clerk-1", "Filed", new { note = "户籍核实" });
        await town.Complete("check666.kin", "county-officer-1", "NotPossible", new { result = "县级核查在入户调查中办理" });
        await town.Complete("check666.archive", "clerk-1", "Done", new { result = "已补", papers = new[] { new { kind = "needDetermination", documentHash = "sha256:1" } } });
        Assert.Equal(CheckRunStatus.Open, (await town.Read(db => new CheckBook(db).Get("999901-2026-04", None))).Status);
        await town.Complete("check666.archive", "clerk-1", "Done", new { result = "已更新", papers = new[] { new { kind = "needDetermination", documentHash = "sha256:1" } } });
        Assert.Equal(CheckRunStatus.Closed, (await town.Read(db => new CheckBook(db).Get("999901-2026-04", None))).Status);
        Assert.Equal([1, 2], (await town.Read(db => new CheckQueries(db).Report("999901-2026-04", None))).Where(row => row.Problems > 0).Select(row => row.Done));
    }

    private static async Task Known(ReliefDbContext db)
    {
        await db.Insert(new Case
        {
            Id = "case-zhao", CountyCode = "999900", CreatedAt = Local(1, 6), CreatedBy = "seed", Number = "C-1", PersonId = "person-zhao", ApplicationId = "none", Status = CaseStatus.Registered, AreaCode = "99990101",
            OwnerUnitId = "township-a", Category = ReliefCategory.Dibao, OpenedAt = Local(1, 6)
        }, None);
        await db.Insert(new Case
        {
            Id = "case-feng", CountyCode = "999900", CreatedAt = Local(1, 6), CreatedBy = "seed", Number = "C-2", PersonId = "person-feng", ApplicationId = "none-2", Status = CaseStatus.InService, AreaCode = "99990102",
            OwnerUnitId = "township-a", Category = ReliefCategory.Tekun, OpenedAt = Local(1, 6)
        }, None);
        await new ArchiveBook(db).Open(new FileEntry("case-feng", "999900-2025-000001", "INST-1", ["needDetermination", "agreement"]), new Deed("seed", Local(1, 6), "file"), None);
    }

    public sealed class OnSqlite : CheckPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : CheckPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
