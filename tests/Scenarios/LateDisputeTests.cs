using System.Net;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The rejected line of SC-01, paid for on 15 May: five working days later nobody disputes it any more (settlement.dispute).</summary>
public abstract class LateDisputeTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_dispute_after_the_deadline_is_refused_with_the_deadline_and_starts_nothing()
    {
        var figures = await new FirstPurchase(desk.Caller, TextWriter.Null).Play(None);
        var batch = await desk.Get("settlement/batches/999901-PV-A-2026-04");
        var line = batch.GetProperty("lines").EnumerateArray().Select(view => view.GetProperty("line")).Single(one => one.Text("status") == "Rejected").Text("id");
        await desk.Until(5, 23, 0);

        var problem = await (await desk.Posts("supplier-a", $"settlement/lines/{line}/disputes", new { evidence = "sha256:signed-paper" }))
            .Refuses(HttpStatusCode.Conflict, "settlement.disputeTooLate");

        Assert.Equal(EndOf(5, 22), problem.GetProperty("deadline").GetDateTimeOffset());
        Assert.Empty(await desk.List("instances?definitionId=procedure.settlement.dispute"));
        await IsAppealedAgainst(figures.OrderId, line!);
    }

    // What nobody may dispute any more may be appealed against (P25): it is paid after all, by an accepted record alone (INV-05).
    private async Task IsAppealedAgainst(string order, string line)
    {
        var filed = await desk.Sends("supplier-a", "appeals", new { about = "Line", targetId = line, kind = "Supplier", wording = "4月28日确有服务" });
        await desk.Decides("county-finance-1", "appeal.review", "Revoked", new { reason = "有签字记录", recordId = "nothing" });
        Assert.Equal("RecordMissing", (await desk.Get("tasks/" + (await desk.Task("appeal.review")).Text("id"))).GetProperty("data").Text("problem"));
        var record = "";
        await desk.Set(async db =>
        {
            var (book, deed) = (new RecordBook(db), new Deed("township-reviewer-1", On(5, 23, 0), "late-record"));
            var sent = new RecordEntry { OrderId = order, WorkerId = "worker-a1", ItemCode = "home-care", StartAt = On(4, 28), EndAt = On(4, 28, 10), Content = "done", ConfirmedBy = "张某某 签字" };
            record = Assert.IsType<RecordResult.Done>(await book.Submit(sent, deed, None)).RecordId;
            Assert.IsType<RecordResult.Done>(await book.Accept(record, "乡镇同意补报", deed, None));
        });
        await desk.Decides("county-finance-1", "appeal.review", "Revoked", new { reason = "有签字记录", recordId = record });
        var dispute = await desk.Get($"settlement/lines/{line}/dispute");
        Assert.Equal(("Overturned", "county-finance-1", record), (dispute.Text("outcome"), dispute.Text("decidedBy"), dispute.Text("recordId")));
        await desk.Decides("county-finance-2", "appeal.answer", "Answered", new { deliveryProof = "EMS-6" });
        var matter = (await desk.Get("appeals/" + filed.Text("appealId"))).GetProperty("appeal");
        Assert.Equal(("Revoked", 60m), (matter.Text("outcome"), matter.GetProperty("owed").GetDecimal()));
        await desk.IsSound();
    }

    public async Task InitializeAsync() => desk = await Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    public sealed class OnSqlite : LateDisputeTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : LateDisputeTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
