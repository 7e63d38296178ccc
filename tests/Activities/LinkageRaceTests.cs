using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>Two nodes hand the same person's cash of the fast track over at the same moment: one linkage is opened, and whoever has it hears of the other sum (P28, E07).</summary>
[Trait("Proves", "E07")]
public abstract class LinkageRaceTests(StorageKind kind) : ReliefTest(kind)
{
    [Fact]
    public async Task Of_two_at_once_one_opens_and_the_other_is_known_with_its_sum()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 5), None));
        await Do(db => new ParameterBook(db).WritePresets(None));
        Stage[] nodes = [Node(), Node()];

        var results = await Task.WhenAll(nodes.Select((node, at) => node.Begin(new OpenLinkage
        {
            PersonId = "person-zhang", Need = LinkageNeed.Temporary, Origin = "FastTrack", OriginId = "emergency-" + at, By = "clerk-1", Amount = 300 + at, Purpose = "购药"
        })));

        var outcomes = results.Select(result => Assert.IsType<Completed>(result).Outcome).ToList();
        Assert.Equal(["Known", "Temporary"], outcomes.Order());
        var open = Assert.Single(await Do(db => db.Set<ReliefLinkage>().ToListAsync()));
        var (first, second) = (outcomes.IndexOf("Temporary"), outcomes.IndexOf("Known"));
        Assert.Equal(("emergency-" + first, 300m + first), (open.OriginId, open.Amount));
        Assert.Equal(["special.opened unit:999901"], Told(nodes[first]));
        Assert.Equal(["special.known unit:999900", "special.known unit:999901"], Told(nodes[second]));
        var again = await Do(db => db.Set<Relief.Flow.Activities.Audit.AuditEvent>().SingleAsync(row => row.What == "ReliefProposedAgain"));
        Assert.Equal(ReliefLinkage.Chain(open.Id), again.Subject);
        Assert.Contains("emergency-" + second, again.Detail, StringComparison.Ordinal);
    }

    // A node of its own: its own connection, its own transaction.
    private Stage Node() => new(async work =>
    {
        await using var connection = await Connect();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(new UnitOfWork(connection, transaction));
        await transaction.CommitAsync();
        return result;
    }) { Now = Morning(3, 24) };

    private static IEnumerable<string> Told(Stage node) => node.Notices.Select(notice => $"{notice.Template} {notice.To}").Order(StringComparer.Ordinal);

    public sealed class OnSqlite() : LinkageRaceTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : LinkageRaceTests(StorageKind.PostgreSql);
}
