using Relief.Flow.Activities.Requests;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.request24h": a plea on a holiday, a second one that is merged, an answer that comes too late, and what follows it.</summary>
public abstract class RequestPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.request24h"];

    public override DateTimeOffset Begins => Local(5, 1, 9, 30);

    private protected override async Task Tell(Town town)
    {
        await Asks(town, "plea-1");
        await Asks(town, "plea-2");
        Assert.Equal((RequestStatus.Merged, "plea-1"), ((await Find(town, "plea-2")).Status, (await Find(town, "plea-2")).MergedInto));
        await town.At(Local(5, 2, 9, 35));
        Assert.True((await Find(town, "plea-1")).Breached);
        await town.Complete("request.feedback", "duty-1", "Answered", new { kind = "Emergency", content = "已联系家属" });
        await town.Complete("request.follow", "clerk-1", "Followed", new { reference = "call-120-1" });
        Assert.Equal(TimeSpan.FromMinutes(1445), (await Find(town, "plea-1")).Took);
    }

    private static async Task Asks(Town town, string key)
    {
        await town.Set(db => new RequestBook(db).Receive(new RequestEntry("999900", "hanNiLai", "99990101", "person-zhang", "买药"), new Deed("app", Local(5, 1, 9, 30), key), None));
        await town.Start("procedure.request24h", new { requestId = key });
    }

    private static async Task<HelpRequest> Find(Town town, string key) => (await town.Read(db => new RequestBook(db).Find(key, None)))!;

    public sealed class OnSqlite : RequestPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : RequestPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
