using System.Net;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The rejected line of SC-01, paid for on 15 May: five working days later nobody disputes it any more (settlement.dispute), and a closed year pays for none.</summary>
public abstract class LateDisputeTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_dispute_after_the_deadline_is_refused_with_the_deadline_and_starts_nothing()
    {
        var figures = await new FirstPurchase(desk.Caller, TextWriter.Null).Play(None);
        var line = await Rejected();
        await desk.Until(5, 23, 0);

        var problem = await (await desk.Posts("supplier-a", $"settlement/lines/{line}/disputes", new { evidence = "sha256:signed-paper" }))
            .Refuses(HttpStatusCode.Conflict, "settlement.disputeTooLate");

        Assert.Equal(EndOf(5, 22), problem.GetProperty("deadline").GetDateTimeOffset());
        Assert.Empty(await desk.List("instances?definitionId=procedure.settlement.dispute"));
        await IsAppealedAgainst(figures.OrderId, line);
    }

    // E22, E13: the money of that year has expired. The clerk has the dispute back, the supplier hears why, and nothing moves.
    [Fact]
    public async Task A_dispute_that_is_won_when_its_year_is_closed_pays_nothing_and_comes_back_to_the_clerk()
    {
        await new FirstPurchase(desk.Caller, TextWriter.Null).Play(None);
        var line = await Rejected();
        var before = await desk.List("funds/accounts/F4-2026/ledger");
        await desk.Set(async db =>
        {
            var closes = new Deed("county-finance-1", On(5, 15), "closed");
            await new FundYearBook(db).Close((await new FundYearBook(db).Open("999900", 2026, closes, None)).Id, closes, None);
        });
        var record = new { workerId = "worker-a1", start = On(4, 28), end = On(4, 28, 10), content = "done", confirmedBy = "张某某 签字" };
        await desk.Sends("supplier-a", $"settlement/lines/{line}/disputes", new { evidence = "sha256:signed-paper", record });
        await desk.Decides("settlement-clerk-2", "settlement.dispute", "Overturned");
        await desk.Decides("township-reviewer-1", "record.accept", "Accepted", new { overrideReason = "乡镇同意补报" });

        Assert.Contains("AppropriationExpired", Assert.Single(desk.Texts("settlement.disputed")), StringComparison.Ordinal);
        Assert.Equal(before.Length, (await desk.List("funds/accounts/F4-2026/ledger")).Length);
        Assert.Null((await desk.Get($"settlement/lines/{line}/dispute")).Text("outcome"));
        await desk.Decides("settlement-clerk-2", "settlement.dispute", "Upheld", new { reason = "该年度已关账,另行安排" });
        Assert.Equal("Upheld", (await desk.Get($"settlement/lines/{line}/dispute")).Text("outcome"));
        await desk.IsSound();
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

    private async Task<string> Rejected() => (await desk.Get("settlement/batches/999901-PV-A-2026-04")).GetProperty("lines").EnumerateArray()
        .Select(view => view.GetProperty("line")).Single(one => one.Text("status") == "Rejected").Text("id")!;

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
