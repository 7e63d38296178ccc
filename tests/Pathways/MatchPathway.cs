using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.datamatch" and "procedure.datamatch.warning": a month's match with a partner that is late, a discovery, somebody not found, a lost ground, a false death, and the raw data's end.</summary>
public abstract class MatchPathway : PathwayStory
{
    private static readonly string Run = RunBook.OfMonth("999900", "2026-05");

    public override IReadOnlyList<string> Plays => ["procedure.datamatch", "procedure.datamatch.warning", "procedure.death"];

    public override DateTimeOffset Begins => Local(4, 30);

    private protected override async Task Tell(Town town)
    {
        await town.Set(db => new RuleBook(db).Set("999900",
        [
            Rule("dept-health", "disability", "disability", WarningClass.A, 2), Rule("dept-health", "income", "income", WarningClass.C, 1),
            Rule("county-bureau", "funeral", MatchRule.Death, WarningClass.C, 3), Rule("dept-labour", "jobless", "jobless", WarningClass.B, 1)
        ], new Deed("county-officer-1", Local(4, 30), "rules"), None));
        var (id, _, input) = OpenMatchRun.OfMonth("999900", new DateOnly(2026, 5, 1));
        await town.Start("procedure.datamatch", input, id);
        await town.At(Local(5, 1, 2));

        await HandsIn(town, ("dept-health", "disability"), "person-wang", "person-feng", "person-jin");
        await HandsIn(town, ("dept-health", "income"), "person-hua", "person-zheng");
        await town.Publish(RunBook.HasCome("dept-health", Run), new { });
        await HandsIn(town, ("county-bureau", "funeral"), "person-zhao");
        await town.Publish(RunBook.HasCome("county-bureau", Run), new { });
        await town.At(Local(5, 2, 2, 1));
        Assert.Equal((true, MatchRunStatus.Matched), ((await Find(town)).Partial, (await Find(town)).Status));

        await town.Complete("death", "clerk-1", "DeathRetracted", new { evidence = "见到本人" });
        await town.Complete("match.loss", "clerk-1", "Confirmed", new { finding = "已就业" });
        await town.Complete("match.home", "grid-1", "Unreachable", new { attempts = new[] { "2026-05-06T09:00:00+08:00" } });
        await town.Complete("match.home", "grid-1", "Confirmed", new { finding = "需要照料", risk = "High" });
        await town.Complete("match.home", "grid-1", "Unreachable", new { attempts = new[] { "2026-05-06T09:00:00+08:00", "2026-05-06T18:00:00+08:00", "2026-05-07T09:00:00+08:00" } });
        await town.Complete("match.home", "grid-1", "NotConfirmed", new { finding = "不需要" });
        Assert.Equal(MatchRunStatus.Reported, (await Find(town)).Status);
        await town.At(Local(6, 2));
        Assert.NotNull((await Find(town)).ErasedAt);
        Assert.Equal("Alive", (await town.Read(db => db.Set<Person>().SingleAsync(row => row.Id == "person-zhao"))).LifeStatus.ToString());
    }

    private static MatchRule Rule(string partner, string dataSet, string kind, WarningClass warning, int severity) => new()
    {
        Id = "", CountyCode = "", CreatedAt = default, CreatedBy = "", Version = 0, Partner = partner, DataSet = dataSet, Kind = kind, Warning = warning, Severity = severity,
        Ask = "是否需要帮助", Purpose = "主动发现", LegalBasis = "数据共享协议"
    };

    private static Task HandsIn(Town town, (string Partner, string DataSet) of, params string[] people) => town.Set(async db =>
    {
        var known = await db.Set<Person>().Where(row => people.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync();
        var file = new MatchFile
        {
            Id = $"{Run}-{of.DataSet}", CountyCode = "999900", CreatedAt = default, CreatedBy = "", RunId = Run, Partner = of.Partner, DataSet = of.DataSet, Form = FileForm.DataSet,
            Version = "2026-05", ContentHash = of.DataSet, Accepted = 0, Repeated = 0, Refused = 0
        };
        var book = new RunBook(db);
        await book.Keep((Run, of.DataSet, file.Id), [.. known.Select((person, at) => new PartnerRow(person.Id, at + 2, person.IdNumberHash, new DateOnly(2026, 4, 20), null, null))], None);
        await book.Take(file, (known.Count, []), new Deed(of.Partner, Local(5, 1, 9), of.DataSet), None);
    });

    private static Task<MatchRun> Find(Town town) => town.Read(db => new RunBook(db).Get(Run, None));

    public sealed class OnSqlite : MatchPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : MatchPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
