using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.government-purchase" with all that it starts, told from the confirmed need to the disputed line (SC-01 second half, SC-02).</summary>
public abstract class GovernmentPurchasePathway : PathwayStory
{
    private string caseId = "", orderId = "";
    private Town town = null!;

    public override IReadOnlyList<string> Plays =>
    [
        "pathway.government-purchase", "procedure.referral", "procedure.delivery", "procedure.delivery.visit", "procedure.archive",
        "procedure.notice", "procedure.settlement.monthly", "procedure.settlement.dispute"
    ];

    public override DateTimeOffset Begins => Local(3, 24);

    // Home care is bought, delivered and paid, and a disputed line is put right.
    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Confirmed();
        await InService();
        await Serve(Local(5, 1, 0, 5));
        Assert.Equal((15m, 4m), (await Accepted("home-care"), await Accepted("cleaning")));
        var april = await Settle("2026-04", 5, careHours: 16);
        Assert.Equal((1_080m, "bank-05"), (april.Batch.PaidTotal, april.Batch.Voucher));
        await Holds(9_120, 1_080, 109_800);
        var rejected = Assert.Single(april.Lines, line => line.Line.Status == LineStatus.Rejected).Line;
        Assert.Equal(("NoAcceptedRecord", 60m), (rejected.Reason, rejected.Amount));

        await Dispute(rejected.Id);
        await Serve(Local(6, 1, 0, 5));
        var may = await Settle("2026-05", 6, careHours: 17);
        Assert.Equal(1_200, may.Batch.PaidTotal);
        await Holds(7_980, 2_280, 109_740);
        Assert.Equal(rejected.Id, Assert.Single(may.Lines, line => line.Line.Kind == LineKind.LateLine).Line.OrigLineId);
    }

    private Task Confirmed() => town.Set(async db =>
    {
        caseId = await ConfirmedNeed.Open(db, "person-zhang", ReliefCategory.Dibao,
            new NeedEntry("home-care", "生活照料", "elderly", Urgency.Normal, "照料"), new NeedEntry("cleaning", "清洁服务", "elderly", Urgency.Normal, "清洁"));
        await ConfirmedNeed.Confirm(db, caseId, item => item == "cleaning" ? 4 : 16, "M1");
    });

    private async Task InService()
    {
        var needs = await town.Read(db => new CaseQueries(db).Needs(caseId, None));
        foreach (var need in needs)
            await town.Start("pathway.government-purchase", new { caseId, needItemId = need.Id, personId = "person-zhang" });
        orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Id;
        await Holds(10_260, 0, 109_740);
        await CaseIs(CaseStatus.Referring);
        Assert.Equal(["2026-03-26"], await Days("select due_at from timer where bookmark_id in (select id from bookmark where name = 'task.due' and activity_id = 'refer')"));

        await town.At(Local(3, 25));
        await town.Complete("referral", "supplier-a", "Accepted");
        Assert.Equal("999900-2026-000001", await town.Read(db => new ArchiveQueries(db).NumberOf("person-zhang", None)));
        await town.At(Local(3, 30));
        await town.Complete("plan", "supplier-a", "Submitted", new { goals = "照料", lines = new[] { new PlannedItem("home-care", 16, 8), new PlannedItem("cleaning", 4, 4) } });
        await town.Complete("plan.agree", "clerk-1", "Agreed");
        await CaseIs(CaseStatus.Planned);
        await Holds(10_260, 0, 109_740);
        await town.At(Local(3, 31));
        await town.Sign("supplier-a");
        await CaseIs(CaseStatus.InService);
        Assert.Equal(["2026-04-06"], await Days("select due_at from timer where bookmark_id in (select id from bookmark where name = 'first')"));
        await town.Complete("notice.post", "surveyor-qian", "Posted", new { proof = "photo-1" });
        Assert.Equal("999900-2026-000001 一村 服务类救助", Assert.Single(await town.Read(db => new NoticeBook(db).Of(caseId, None))).Content);
        await town.Complete("archive", "supplier-a", "Filed", new
        {
            papers = new[] { "idCard", "householdRegister", "reliefStatusProof", "receivedServices", "noticeProof" }.Select(kind => new FiledPaper(kind, "sha256:" + kind))
        });
    }

    /// <summary>Time passes until a moment, and every visit on the way is served as planned; the last care visit of April is one hour short.</summary>
    private async Task Serve(DateTimeOffset until)
    {
        while ((await Next(until)) is { } slot)
        {
            await town.At(slot.PlannedEnd.AddMinutes(30));
            var end = DayOf(slot.PlannedStart) == new DateOnly(2026, 4, 27) ? slot.PlannedStart.AddHours(1) : slot.PlannedEnd;
            await town.Publish("record:" + slot.Id, new { start = slot.PlannedStart, end, content = "done", confirmedBy = "张某某 签字", by = "worker-a1" });
        }

        await town.At(until);
    }

    private async Task<VisitSlot?> Next(DateTimeOffset until) => (await town.Read(db => new RecordQueries(db).Visits(orderId, None)))
        .FirstOrDefault(slot => slot.Status is VisitStatus.Scheduled or VisitStatus.Dispatched && slot.PlannedEnd.AddMinutes(30) <= until);

    private async Task<BatchView> Settle(string month, int paidIn, decimal careHours)
    {
        await Serve(Local(paidIn, 6));
        var batchId = $"999901-PV-A-{month}";
        Assert.Equal([$"申报结算 {batchId}"], await town.Rows("select title from task where kind = 'settlement.claim' and state = 1"));
        await town.Complete("settlement.claim", "supplier-a", "Claimed", new { lines = new[] { new { itemCode = "home-care", quantity = careHours }, new { itemCode = "cleaning", quantity = 4m } } });
        await Serve(Local(paidIn, 8));
        await town.Complete("settlement.verify", "settlement-clerk-1", "Verified");
        await Serve(Local(paidIn, 12));
        await town.Complete("settlement.approve", "township-reviewer-1", "Approved");
        await Serve(Local(paidIn, 15));
        await town.Publish("pay:" + batchId, new { voucher = $"bank-{paidIn:00}" });
        var view = (await town.Read(db => new SettlementQueries(db).Find(batchId, None)))!;
        Assert.Equal((BatchStatus.Closed, new DateOnly(2026, paidIn, 12), new DateOnly(2026, paidIn, 15)), (view.Batch.Status, DayOf(view.Batch.ApprovedAt!.Value), DayOf(view.Batch.PaidAt!.Value)));
        return view;
    }

    private async Task Dispute(string lineId)
    {
        await Serve(Local(5, 18));
        var start = Local(4, 28);
        var record = new { workerId = "worker-a1", start, end = start.AddHours(1), content = "done", confirmedBy = "张某某 签字" };
        await town.Start("procedure.settlement.dispute", new { lineId, evidence = "signed paper", by = "supplier-a", record }, InstanceIds.Of("dispute:" + lineId));
        await Serve(Local(5, 20));
        await town.Complete("settlement.dispute", "settlement-clerk-2", "Overturned");
        await town.Complete("record.accept", "township-reviewer-1", "Accepted", new { overrideReason = "乡镇同意补报" });
        await Holds(9_180, 1_080, 109_740);
        var dispute = (await town.Read(db => new SettlementQueries(db).Dispute(lineId, None)))!;
        Assert.Equal(("settlement-clerk-1", "settlement-clerk-2", DisputeOutcome.Overturned), (dispute.VerifiedBy, dispute.DecidedBy, dispute.Outcome));
    }

    private async Task<decimal> Accepted(string item) =>
        (await town.Read(db => new RecordQueries(db).Of(orderId, None))).Where(record => record.ItemCode == item && record.Status == RecordStatus.Accepted).Sum(record => record.Quantity);

    private async Task CaseIs(CaseStatus status) =>
        Assert.Equal(status, await town.Read(db => db.Set<Case>().Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync()));

    private async Task Holds(decimal reserved, decimal spent, decimal available)
    {
        var balance = (await town.Read(db => new FundQueries(db).Balance("F4-2026", None)))!;
        Assert.Equal((reserved, spent, available), (balance.Reserved, balance.Spent, balance.Available));
    }

    private async Task<IEnumerable<string>> Days(string sql) =>
        (await town.Moments(sql)).Select(moment => DayOf(moment).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public sealed class OnSqlite : GovernmentPurchasePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : GovernmentPurchasePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
