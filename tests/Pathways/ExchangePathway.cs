using System.Text.Json.Nodes;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.exchange": outside systems without an address: people do it by hand, try once more, give it up with a reason; a mirror is nobody's work.</summary>
public abstract class ExchangePathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.exchange"];

    public override DateTimeOffset Begins => Local(3, 2);

    private protected override async Task Tell(Town town)
    {
        await Sends(town, "reply-1", Adapter.Petition, isMirror: false);
        await town.Complete("fallback-petition", "county-officer-1", "SendAgain");
        await town.Complete("fallback-petition", "county-officer-1", "Completed", new { proof = "回函-1" });
        await Sends(town, "reply-2", Adapter.Petition, isMirror: false);
        await town.At(Local(3, 4));
        await town.Complete("fallback-petition", "county-officer-1", "Abandoned", new { reason = "平台已撤单" });
        await Sends(town, "visit-1", Adapter.Dispatch, isMirror: true);

        var ends = await town.Read(async db => (await new ExchangeBook(db).Of("999900", null, null, None)).OrderBy(one => one.Subject, StringComparer.Ordinal).Select(one => (one.Subject, one.Status)).ToList());
        Assert.Equal([("reply-1", ExchangeStatus.ByHand), ("reply-2", ExchangeStatus.Abandoned), ("visit-1", ExchangeStatus.Dropped)], ends);
    }

    private static async Task Sends(Town town, string key, string adapter, bool isMirror)
    {
        var entry = new ExchangeEntry(adapter, "Reply", key, new JsonObject { ["orderNo"] = key }) { CountyCode = "999900", LegalBasis = "信访工作规定", IsMirror = isMirror, DueAt = Local(3, 3) };
        await town.Set(db => new ExchangeBook(db).Open(entry, new Deed("test", Local(3, 2), key), None));
        await town.Start("procedure.exchange", new { exchangeId = ExchangeBook.IdOf(key) });
    }

    public sealed class OnSqlite : ExchangePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ExchangePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
