using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.discovery": one who declines and is asked once more, one found twice, one with a need for an agent, one who cannot be found at high risk, one without need.</summary>
public abstract class DiscoveryPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.discovery", "procedure.agent"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        await Found(town, "seen-zhang", "person-zhang");
        await Found(town, "again-zhang", "person-zhang");
        Assert.Equal("seen-zhang", (await Find(town, "again-zhang")).MergedInto);
        await town.Complete("discovery.contact", "clerk-1", "Declines");
        await town.Complete("discovery.contact", "clerk-1", "Declines", new { reason = "子女照顾" });

        await Found(town, "seen-hua", "person-hua");
        await town.Complete("discovery.contact", "clerk-1", "NoNeed", new { reason = "已享受护理补贴" });

        await Found(town, "seen-zhao", "person-zhao", DiscoveryRisk.High);
        await town.Complete("discovery.contact", "clerk-1", "NotFound", new { attempts = new[] { "2026-03-02T08:50:00+08:00" } });
        await town.Complete("discovery.seek", "surveyor-qian", "Found", new { reason = "在邻居家" });
        await town.Complete("discovery.contact", "clerk-1", "NotFound", new { attempts = new[] { "2026-03-02T08:55:00+08:00" } });
        await town.Complete("discovery.seek", "surveyor-qian", "NotFound", new { reason = "已外出" });
        Assert.Equal(DiscoveryOutcome.NotFound, (await Find(town, "seen-zhao")).Outcome);

        await Found(town, "seen-wang", "person-wang");
        await town.Complete("discovery.contact", "clerk-1", "CannotDecide");
        await town.Complete("discovery.guardian", "village-worker-2", "NoGuardian", new { reason = "无近亲属" });
        await town.Complete("agent.assign", "agent-lead-1", "Assigned", new { agentId = "agent-jiang" });
        await town.Complete("discovery.apply", "clerk-1", "Applied");   // there is no application yet: it comes back
        await town.Set(db => new DiscoveryBook(db).Apply("seen-wang", "application-1", new Deed("agent-jiang", Local(3, 2), "apply"), None));
        await town.Publish(Discovery.Applied("seen-wang"), new { decision = "Applied", by = "agent-jiang" });
        Assert.Equal(DiscoveryOutcome.Applied, (await Find(town, "seen-wang")).Outcome);

        await town.At(Local(6, 1));
        await town.Complete("discovery.contact", "clerk-1", "Declines", new { reason = "不需要" });
        Assert.Empty(await town.Rows("select id from task where state in (1, 2) and kind like 'discovery.%'"));
    }

    private static async Task Found(Town town, string id, string person, DiscoveryRisk risk = DiscoveryRisk.Normal)
    {
        await town.Set(db => new DiscoveryBook(db).Register(new Discovery
        {
            Id = id, CountyCode = "999900", CreatedAt = Local(3, 2), CreatedBy = "surveyor-sun", AreaCode = "99990101", Origin = DiscoveryOrigin.Report, OriginId = id, PersonId = person,
            Seen = "生活不便", Risk = risk
        }, new Deed("surveyor-sun", Local(3, 2), id), None));
        await town.Start("procedure.discovery", new { discoveryId = id });
    }

    private static Task<Discovery> Find(Town town, string id) => town.Read(db => new DiscoveryQueries(db).Get(id, None));

    public sealed class OnSqlite : DiscoveryPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DiscoveryPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
