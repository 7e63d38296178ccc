using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Ledgers;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Activities;

/// <summary>SC-01 and SC-02 on the records alone, to the fen.</summary>
public abstract class FirstPurchaseTests(StorageKind kind) : PurchaseTest(kind)
{
    [Fact]
    public async Task Home_care_goes_from_application_to_payment_and_a_dispute_is_put_right()
    {
        await Confirmed();
        await InService();
        await Deliver(month: 4, careHours: 15);
        var april = await Settle("2026-04", claimedHours: 16, paidOn: Morning(5, 15));
        Assert.Equal(1_080, april.Batch.PaidTotal);
        await Holds(9_120, 1_080, 109_800);
        var rejected = Assert.Single(april.Lines, line => line.Line.Status == LineStatus.Rejected).Line;
        Assert.Equal(("NoAcceptedRecord", 60m), (rejected.Reason, rejected.Amount));

        var ledger = Assert.Single(await Do(db => new LedgerQueries(db).OfVillage("99990101", None)));
        Assert.Equal((1, 12), (ledger.ActiveOrders, ledger.AcceptedRecords));

        await Dispute(rejected.Id);
        await Deliver(month: 5, careHours: 16);
        var may = await Settle("2026-05", claimedHours: 17, paidOn: Morning(6, 15));
        Assert.Equal(1_200, may.Batch.PaidTotal);
        await Holds(7_980, 2_280, 109_740);
        Assert.Equal(rejected.Id, Assert.Single(may.Lines, line => line.Line.Kind == LineKind.LateLine).Line.OrigLineId);
        april = (await Do(db => new SettlementQueries(db).Find(april.Batch.Id, None)))!;
        Assert.NotNull(Assert.Single(april.Lines, line => line.Line.Status == LineStatus.Rejected).PutRightBy);
    }

    private async Task Dispute(string lineId)
    {
        Assert.IsType<DisputeResult.Done>(await Do(db => new DisputeBook(db).Raise(lineId, "signed paper", ByClerk("supplier-a", Morning(5, 18)), None)));
        Assert.IsType<DisputeResult.AlreadyDisputed>(await Do(db => new DisputeBook(db).Raise(lineId, "again", ByClerk("supplier-a", Morning(5, 18)), None)));
        var start = Morning(4, 28);
        var late = Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Submit(new RecordEntry
        {
            OrderId = OrderId, WorkerId = "worker-a1", ItemCode = "home-care", StartAt = start, EndAt = start.AddHours(1), Content = "done", ConfirmedBy = "张某某 签字"
        }, ByClerk("worker-a1", Morning(5, 18)), None)));
        Assert.Equal(["TooLate"], late.Flags);
        Assert.Equal(new RecordResult.Invalid("TooLate"), await Do(db => new RecordBook(db).Accept(late.RecordId, null, ByClerk(), None)));
        await Do(db => new RecordBook(db).Accept(late.RecordId, "township approves", ByClerk("township-reviewer-1"), None));
        var decision = new DisputeDecision(lineId, DisputeOutcome.Overturned, late.RecordId);
        Assert.Equal(new DisputeResult.Refused("SameClerk"), await Do(db => new DisputeBook(db).Decide(decision, ByClerk("settlement-clerk-1"), None)));
        Assert.IsType<DisputeResult.Done>(await Do(db => new DisputeBook(db).Decide(decision, ByClerk("settlement-clerk-2", Morning(5, 20)), None)));
        await Holds(9_180, 1_080, 109_740);
    }

    public sealed class OnSqlite() : FirstPurchaseTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : FirstPurchaseTests(StorageKind.PostgreSql);
}
