using System.Net;
using System.Text.Json;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-02 over REST: the line of SC-01 that was rejected is disputed and overturned.</summary>
[Trait("Proves", "E13")]
[Trait("Proves", "E23")]
public abstract class SC02 : IAsyncLifetime
{
    private const string April = "settlement/batches/999901-PV-A-2026-04", May = "settlement/batches/999901-PV-A-2026-05";

    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;
    private VisitsPart visits = null!;
    private string line = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_rejected_line_is_disputed_once_and_paid_with_the_next_month()
    {
        var figures = await new FirstPurchase(desk.Caller, TextWriter.Null).Play(None);
        visits = new VisitsPart(desk.Caller, figures.OrderId);
        line = Assert.Single(await Lines(April), view => view.GetProperty("line").Text("status") == "Rejected").GetProperty("line").Text("id")!;

        await IsDisputed();
        await IsOverturned();
        await MayIsPaid();

        var late = Assert.Single(await Lines(May), view => view.GetProperty("line").Text("kind") == "LateLine").GetProperty("line");
        Assert.Equal((line, "Paid", 60m), (late.Text("origLineId"), late.Text("status"), late.GetProperty("amount").GetDecimal()));
        var original = Assert.Single(await Lines(April), view => view.GetProperty("line").Text("id") == line);
        Assert.Equal(("Rejected", "NoAcceptedRecord", late.Text("id")),
            (original.GetProperty("line").Text("status"), original.GetProperty("line").Text("reason"), original.Text("putRightBy")));
        await IsRefused();
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static object Dispute => new
    {
        evidence = "sha256:signed-paper",
        record = new { workerId = "worker-a1", start = On(4, 28), end = On(4, 28, 10), content = "done", confirmedBy = "张某某 签字" }
    };

    // 18 May is within five working days of 15 May; the review has five working days as well.
    private async Task IsDisputed()
    {
        await visits.Until(On(5, 18), None);
        await desk.Sends("supplier-a", $"settlement/lines/{line}/disputes", Dispute);
        Assert.Equal(EndOf(5, 25), await desk.Due("settlement.dispute"));
        await IsRefused();
    }

    private async Task IsRefused() =>
        await (await desk.Posts("supplier-a", $"settlement/lines/{line}/disputes", Dispute)).Refuses(HttpStatusCode.Conflict, "settlement.alreadyDisputed");

    private async Task IsOverturned()
    {
        await visits.Until(On(5, 20), None);
        await (await desk.Tries("settlement-clerk-1", "settlement.dispute", "Overturned")).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("settlement-clerk-2", "settlement.dispute", "Overturned");
        Assert.Equal(9_120, (await money.Holds("F4-2026")).Reserved);
        await desk.Decides("township-reviewer-1", "record.accept", "Accepted", new { overrideReason = "乡镇同意补报" });

        var dispute = await desk.Get($"settlement/lines/{line}/dispute");
        Assert.Equal(("sha256:signed-paper", "Overturned", On(5, 20)), (dispute.Text("evidence"), dispute.Text("outcome"), dispute.GetProperty("decidedAt").GetDateTimeOffset()));
        Assert.Equal(("settlement-clerk-1", "settlement-clerk-2"), (dispute.Text("verifiedBy"), dispute.Text("decidedBy")));
        var audit = await desk.Audit("batch:999901-PV-A-2026-04");
        Assert.Contains("BatchVerified settlement-clerk-1 05-08", audit);
        Assert.Equal(["LineDisputed supplier-a 05-18", "DisputeDecided settlement-clerk-2 05-20"], audit.TakeLast(2));
        Assert.Equal("Reserve 60", await money.Posted("F4-2026", On(5, 18)));
        Assert.Equal((9_180m, 1_080m, 109_740m), await money.Holds("F4-2026"));
        Assert.Equal(["unit:PV-A 05-20 09:00"], desk.Told("settlement.disputed"));
    }

    private async Task MayIsPaid()
    {
        await visits.Until(On(6, 5), None);
        await desk.Decides("supplier-a", "settlement.claim", "Claimed",
            new { lines = new[] { new { itemCode = "home-care", quantity = 17 }, new { itemCode = "cleaning", quantity = 4 } } });
        await visits.Until(On(6, 8), None);
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await visits.Until(On(6, 12), None);
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        await visits.Until(On(6, 15), None);
        await desk.Event("pay:999901-PV-A-2026-05", new { voucher = "bank-06" });

        var batch = (await desk.Get(May)).GetProperty("batch");
        Assert.Equal(("Closed", 1_200m), (batch.Text("status"), batch.GetProperty("paidTotal").GetDecimal()));
        Assert.Equal((7_980m, 2_280m, 109_740m), await money.Holds("F4-2026"));
        Assert.Equal("Commit 1200, Spend 1200", await money.Posted("F4-2026", On(6, 1)));
    }

    private async Task<IEnumerable<JsonElement>> Lines(string batch) => (await desk.Get(batch)).GetProperty("lines").EnumerateArray();

    public sealed class OnSqlite : SC02
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC02
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
