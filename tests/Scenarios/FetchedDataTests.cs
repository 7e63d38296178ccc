using Relief.Flow.Host.Relief;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.MatchDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>A partner's server that is not ready, breaks, sends nonsense and then its data: it is taken once, and people can hand it in all the same.</summary>
public abstract class FetchedDataTests : IAsyncLifetime
{
    private static readonly OutsideAnswer Csv = new OutsideAnswer(200, $"idNumber,areaCode\n{IdNumber(1)},99990101\nbad,99990101\n", "text/csv").With("X-Data-Version", "v7").With("X-Data-Form", "HitList");

    private OutsideWorld partner = null!;
    private ReliefDesk desk = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_partner_is_asked_until_its_data_is_there_and_then_no_more()
    {
        partner.Answers("GET /data", new OutsideAnswer(204), new OutsideAnswer(503), OutsideAnswer.Dropped, new OutsideAnswer(200, "nonsense", "text/csv"), Csv);
        var fetcher = desk.Host.Part<DatasetFetcher>();
        List<int> taken = [];
        for (var minute = 0; minute < 6; minute++)
            taken.Add(await fetcher.RunOnce(None));
        await desk.Settles();

        Assert.Equal([0, 0, 0, 0, 1, 0], taken);
        var asked = partner.RequestsTo("GET /data");
        Assert.Equal(5, asked.Count);
        Assert.All(asked, request => Assert.Equal(($"?run={May}&dataSet=disability&period=2026-05", "Bearer secret-7"), (request.Query, request.Header("Authorization"))));
        var view = await desk.Get("match-runs/" + May);
        var file = view.GetProperty("awaited")[0].GetProperty("files")[0];
        Assert.Equal(("v7", "HitList", "1", "1", "fetch:dept-health"), (file.Text("version"), file.Text("form"), file.Text("accepted"), file.Text("refused"), file.Text("createdBy")));
        Assert.Equal("match-01", Assert.Single(await desk.List($"match-runs/{May}/hits")).Text("personId"));
    }

    [Fact]
    public async Task People_hand_in_what_a_server_does_not_give()
    {
        partner.Answers("GET /data", new OutsideAnswer(503));
        Assert.Equal(0, await desk.Host.Part<DatasetFetcher>().RunOnce(None));
        await desk.HandsIn("health-1", (May, "dataSet=disability&version=paper"), $"idNumber\n{IdNumber(1)}\n");
        Assert.Equal(0, await desk.Host.Part<DatasetFetcher>().RunOnce(None));
        Assert.Equal((1, "Matched"), (partner.RequestsTo("GET /data").Count, (await desk.Get("match-runs/" + May)).GetProperty("run").Text("status")));
    }

    public async Task InitializeAsync()
    {
        partner = await OutsideWorld.Open();
        var outside = await OutsideWorld.Open();
        string[] address = [$"Relief:Matching:Partners:dept-health:Url={new Uri(partner.Address, "data")}", "Relief:Matching:Partners:dept-health:Token=secret-7"];
        desk = new ReliefDesk(await CountyTemplate.Open(Kind, [ReliefDesk.Gateway(outside), .. address]), outside);
        await desk.Until(4, 20, 9);
        await desk.Knows(1);
        await desk.SetsRules(Rule("dept-health", "disability", "disability", "A", 2));
        await desk.Until(5, 1, 2);
    }

    public async Task DisposeAsync()
    {
        await desk.DisposeAsync();
        await partner.DisposeAsync();
    }

    public sealed class OnSqlite : FetchedDataTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FetchedDataTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
