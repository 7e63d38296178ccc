using Relief.Flow.Activities.Agents;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.agent" and "procedure.agent.errand": one person is helped through a blocked errand and two side by side to an end of the work, another takes the mandate back by not prolonging it.</summary>
public abstract class AgentPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.agent", "procedure.agent.errand"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        await IsHelped(town);
        await RunsOut(town);
    }

    private static async Task IsHelped(Town town)
    {
        await Asks(town, "help-one");
        await town.Complete("agent.assign", "agent-lead-1", "Assigned", new { agentId = "agent-jiang" });
        await IsGiven(town, "2026-06-30", "Hospital", "Hukou", "IdCard");
        await town.Complete("agent.errand", "agent-jiang", "Blocked", new { reason = "医院无床位" });
        await town.At(Local(3, 10));
        await town.Complete("agent.blocked", "agent-lead-1", "Again");
        await town.Complete("agent.errand", "agent-jiang", "Done", new { receipt = "admission-1", ground = "CloseRelatives", groundReference = "report-1" });
        foreach (var _ in new[] { "Hukou", "IdCard" })   // side by side: whichever comes first
            await town.Complete("agent.errand", "agent-jiang", "Done", new { receipt = "receipt-1" });
        await town.Complete("agent.apply", "agent-jiang", "NotNeeded", new { reason = "已有申请" });
        await town.Complete("agent.handOver", "agent-jiang", "Handed", new { receipt = "originals-1" });
        Assert.Equal((MandateStatus.Ended, "Done"), ((await Find(town, "help-one")).Status, (await Find(town, "help-one")).EndReason));
    }

    private static async Task RunsOut(Town town)
    {
        await Asks(town, "help-two");
        await town.Complete("agent.assign", "agent-lead-1", "Assigned", new { agentId = "agent-jiang" });
        await IsGiven(town, "2026-04-10", "Hukou");
        await town.At(Local(4, 1));
        await town.Complete("agent.review", "agent-lead-2", "Continue");
        await town.At(Local(4, 11));
        await town.Complete("agent.handOver", "agent-jiang", "Handed", new { receipt = "originals-2" });
        Assert.Equal((MandateStatus.Ended, "Expired"), ((await Find(town, "help-two")).Status, (await Find(town, "help-two")).EndReason));
    }

    private static async Task Asks(Town town, string key)
    {
        var entry = new MandateEntry { CountyCode = "999900", AreaCode = "99990101", PersonRef = "station-" + key, Wording = "无证件，无法自行办理" };
        await town.Set(db => new MandateBook(db).Ask(entry, new Deed("app", Local(3, 2), key), None));
        await town.Start("procedure.agent", new { mandateId = key });
    }

    private static Task IsGiven(Town town, string validTo, params string[] scope) =>
        town.Complete("agent.mandate", "agent-jiang", "Given", new { givenBy = "Person", form = "Voice", evidence = "voice-1", scope, validTo });

    private static async Task<HelpMandate> Find(Town town, string key) => (await town.Read(db => new MandateQueries(db).Find(key, None)))!;

    public sealed class OnSqlite : AgentPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : AgentPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
