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

/// <summary>SC-01 and SC-02 on the records alone, to the fen, with the attempts to break what must hold on the way.</summary>
public abstract class FirstPurchaseTests(StorageKind kind) : ReliefTest(kind)
{
    private string caseId = "", orderId = "", reservationId = "", surveyId = "";

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

    [Fact]
    public async Task Nothing_that_must_hold_can_be_broken_on_the_way()
    {
        await Confirmed();
        await Refused(Unique, "insert into {case_file} select 'second', county_code, created_at, created_by, 'GA2', person_id, household_id, application_id, status, area_code, "
            + "owner_unit_id, category, opened_at, accepted_at, closed_at, closed_reason, flags, remark from {case_file}");
        await Refused("INV-09", $"update {{survey_record}} set opinion = 'Unclear' where id = '{surveyId}'");
        await Refused("INV-09", "delete from {survey_signer}");
        Assert.Equal(new DecisionResult.Refused("SurveyorDecides"), await Do(db => new DecisionBook(db).Decide(Decision(), ByClerk("surveyor-sun"), None)));
        await Refused("INV-12", "update {service_number} set sequence = 7");
        await InService();
        await Refused("INV-12", "insert into {service_number} select '999900-2026-000000', 'other', county_code, year, 0, assigned_at from {service_number}");

        await Deliver(month: 4, careHours: 15);
        var record = await Do(async db => (await new RecordQueries(db).Of(orderId, None))[0]);
        await Refused("INV-08", db => db.Insert(record with { Id = "twice", IdemKey = "twice" }, None));
        await Refused("INV-25", "delete from {service_record}");
        var batch = await Settle("2026-04", claimedHours: 16, paidOn: Morning(5, 15));
        await Refused("INV-05", "update {service_record} set status = 'Accepted' where status = 'Settled'");
        // Not the first by id, which is made at random: the line of a record.
        var line = batch.Lines.First(view => view.Line.RecordId is not null).Line;
        await Refused(Unique, db => db.Insert(line with { Id = "again", Status = LineStatus.Claimed }, None));
        await Refused("INV-06", db => db.Insert(line with { Id = "dear", RecordId = null, UnitPrice = 61, Status = LineStatus.Claimed }, None));
        await Refused("INV-05", db => db.Insert(line with { Id = "fast", RecordId = null, Status = LineStatus.Approved }, None));
        await Refused("four_eyes", "update {settlement_batch} set approver = clerk");
        await Refused("INV-27", db => db.Insert(Price("INV-27"), None));
    }

    [Fact]
    public async Task A_line_is_paid_only_for_an_accepted_record_and_only_in_the_sum_of_its_splits()
    {
        await Confirmed();
        await InService();
        await Deliver(month: 4, careHours: 15);
        var batch = Assert.IsType<SettlementResult.Done>(await Do(db => new BatchOpening(db).Open(April, ByClerk(), None)));
        await Refused("INV-04", $"update {{settlement_line}} set status = 'Approved' where batch_id = '{batch.BatchId}'");
        await Do(db => db.Set<VisitRecord>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, RecordStatus.Queried)));
        await Refused("INV-0", $"update {{settlement_line}} set status = 'Approved' where batch_id = '{batch.BatchId}'");   // INV-05 or INV-04, whichever the database asks first
    }

    private static BatchKey April => new(County, "999901", "PV-A", "2026-04");

    private async Task Confirmed()
    {
        var data = new PersonalDataKey(new byte[32]);
        Assert.True(await Do(db => new ExampleCounty(db, data).Write(Morning(1, 4), None)));
        Assert.False(await Do(db => new ExampleCounty(db, data).Write(Morning(1, 4), None)));
        var application = await Do(db => new ApplicationBook(db).Enter(new ApplicationEntry
        {
            CountyCode = County, Channel = "wanshitong", ApplicantName = "张某某", PersonId = "person-zhang",
            Category = ReliefCategory.Dibao, ItemCodes = ["home-care", "cleaning"], Wording = "需要照料和清洁"
        }, ByClerk(), None));
        caseId = Assert.IsType<CaseResult.Done>(await Do(db => new CaseBook(db).Open(application.Id, "township-a", ByClerk(), None))).CaseId;
        Assert.Equal(new CaseResult.Done(caseId), await Do(db => new CaseBook(db).Open(application.Id, "township-a", ByClerk(), None)));
        foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying })
            Assert.IsType<CaseResult.Done>(await Do(db => new CaseBook(db).Move(caseId, status, null, ByClerk(), None)));
        await Do(db => new CaseBook(db).RegisterNeeds(caseId, [new NeedEntry("home-care", "生活照料", "elderly", Urgency.Normal, "照料")], ByClerk(), None));

        surveyId = (await Do(db => new SurveyBook(db).Assign(
            new SurveyAssignment(caseId, County, SurveyMode.Delegated, "survey-v1", ["surveyor-qian", "surveyor-sun"]), ByClerk(), None))).Id;
        Assert.Equal(new SurveyResult.Invalid("SignersNotDistinct"), await Submit("surveyor-qian", "surveyor-qian"));
        Assert.IsType<SurveyResult.Valid>(await Submit("surveyor-qian", "surveyor-sun"));
        await Do(db => new CaseBook(db).Move(caseId, CaseStatus.InReview, null, ByClerk(), None));
        Assert.IsType<DecisionResult.Taken>(await Do(db => new DecisionBook(db).Decide(Decision(), ByClerk("reviewer-li", Morning(3, 24)), None)));
        Assert.Equal("999900-2026-000001", (await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None))).Number);
        Assert.False((await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None))).IsNew);
        var notice = Assert.IsType<NoticeResult.Prepared>(await Do(db => new NoticeBook(db).Prepare(caseId, "示例依据", ByClerk(), None)));
        Assert.Equal("999900-2026-000001 一村 服务类救助", notice.Content);
    }

    private Task<SurveyResult> Submit(params string[] signers) => Do(db => new SurveyBook(db).Submit(new SurveySubmission
    {
        SurveyId = surveyId,
        Signatures = [.. signers.Select((signer, index) => new SignatureEntry(signer, Morning(3, 20).AddMinutes(index), "device-" + index))],
        FailedIndicators = ["bathing", "walking"],
        Opinion = SurveyOpinion.Recommended,
        FamilySigner = "张某某",
        PhotoCount = 2
    }, ByClerk("surveyor-qian", Morning(3, 20)), None));

    private DecisionEntry Decision() => new()
    {
        CaseId = caseId, CountyCode = County, SurveyId = surveyId, Outcome = DecisionOutcome.Confirmed, RuleTrace = "[{}]", RuleVersion = "r1",
        Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 24)
    };

    private async Task InService()
    {
        var entry = new OrderEntry(caseId, [], "M1", new DateOnly(2026, 4, 1), new DateOnly(2026, 12, 31));
        orderId = Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Create(entry, ByClerk(), None))).Id;
        PlannedItem[] items = [new("home-care", 16, 8), new("cleaning", 4, 4)];
        var monthly = await Do(db => new OrderQueries(db).MonthlyValue(items, "99990101", entry.PlannedFrom, None));
        Assert.Equal(1_140m, monthly);
        reservationId = Assert.IsType<ReservationResult.Reserved>(await Do(db => new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = orderId, CountyCode = County, Amount = 9 * monthly!.Value, PeriodFrom = entry.PlannedFrom, PeriodTo = entry.PlannedTo,
            Purpose = new FundPurpose(ReliefCategory.Dibao, ["elderly"], ["home-care", "cleaning"], "M1"), CandidateAccounts = ["F4-2026"]
        }, ByClerk(), None))).ReservationId;
        await Holds(10_260, 0, 109_740);
        await Do(db => new OrderBook(db).Fund(orderId, reservationId, ByClerk(), None));
        await Do(db => new OrderBook(db).Send(orderId, "PV-A", ByClerk(), None));
        await Do(db => new OrderBook(db).Move(orderId, OrderStatus.Accepted, ByClerk("supplier-a"), None));
        await Do(db => new PlanBook(db).Submit(new PlanEntry(orderId, "居家照料", "{}", items), ByClerk("supplier-a"), None));
        await Do(db => new PlanBook(db).Agree(orderId, "张某某", ByClerk(), None));
        var agreement = Assert.IsType<OrderResult.Done>(await Do(db => new PlanBook(db).Draft(new AgreementEntry
        {
            OrderId = orderId, TownshipUnitId = "township-a", ValidFrom = entry.PlannedFrom, ValidTo = entry.PlannedTo, PriceLabel = "v2026-1", Document = "hash"
        }, ByClerk(), None))).Id;
        foreach (var party in Enum.GetValues<AgreementParty>())
            await Do(db => new PlanBook(db).Sign(agreement, party, party.ToString(), ByClerk(), None));
        Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Move(orderId, OrderStatus.Active, ByClerk(), None)));
    }

    private async Task Deliver(int month, int careHours)
    {
        for (var visit = 0; visit < 8; visit++)
            await Serve("home-care", Morning(month, 7 + visit), Math.Min(2, careHours - 2 * visit));
        for (var visit = 0; visit < 4; visit++)
            await Serve("cleaning", Morning(month, 20 + visit), 1);
    }

    private async Task<string> Serve(string item, DateTimeOffset start, int hours)
    {
        var done = Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Submit(new RecordEntry
        {
            OrderId = orderId, WorkerId = "worker-a1", ItemCode = item, StartAt = start, EndAt = start.AddHours(hours), Content = "done", ConfirmedBy = "张某某 签字"
        }, ByClerk("worker-a1", start.AddHours(hours + 1)), None)));
        Assert.Empty(done.Flags);
        Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Accept(done.RecordId, null, ByClerk("system", start.AddDays(3)), None)));
        return done.RecordId;
    }

    private async Task<BatchView> Settle(string month, decimal claimedHours, DateTimeOffset paidOn)
    {
        var id = Assert.IsType<SettlementResult.Done>(await Do(db => new BatchOpening(db).Open(April with { Month = month }, ByClerk(), None))).BatchId;
        await Do(db => new BatchOpening(db).Claim(id, [new ClaimedItem(orderId, "home-care", claimedHours), new ClaimedItem(orderId, "cleaning", 4)], ByClerk("supplier-a"), None));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Verify(id, ByClerk("settlement-clerk-1"), None)));
        Assert.Equal(new SettlementResult.Refused("SamePerson"), await Do(db => new SettlementBook(db).Approve(id, ByClerk("settlement-clerk-1"), None)));
        Assert.Equal(new SettlementResult.Refused("SurveyorApproves"), await Do(db => new SettlementBook(db).Approve(id, ByClerk("surveyor-sun"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Approve(id, ByClerk("township-reviewer-1"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Pay(id, "bank-1", ByClerk("settlement-clerk-1", paidOn), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Close(id, ByClerk(), None)));
        return (await Do(db => new SettlementQueries(db).Find(id, None)))!;
    }

    private async Task Dispute(string lineId)
    {
        Assert.IsType<DisputeResult.Done>(await Do(db => new DisputeBook(db).Raise(lineId, "signed paper", ByClerk("supplier-a", Morning(5, 18)), None)));
        Assert.IsType<DisputeResult.AlreadyDisputed>(await Do(db => new DisputeBook(db).Raise(lineId, "again", ByClerk("supplier-a", Morning(5, 18)), None)));
        var start = Morning(4, 28);
        var late = Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Submit(new RecordEntry
        {
            OrderId = orderId, WorkerId = "worker-a1", ItemCode = "home-care", StartAt = start, EndAt = start.AddHours(1), Content = "done", ConfirmedBy = "张某某 签字"
        }, ByClerk("worker-a1", Morning(5, 18)), None)));
        Assert.Equal(["TooLate"], late.Flags);
        Assert.Equal(new RecordResult.Invalid("TooLate"), await Do(db => new RecordBook(db).Accept(late.RecordId, null, ByClerk(), None)));
        await Do(db => new RecordBook(db).Accept(late.RecordId, "township approves", ByClerk("township-reviewer-1"), None));
        var decision = new DisputeDecision(lineId, DisputeOutcome.Overturned, late.RecordId);
        Assert.Equal(new DisputeResult.Refused("SameClerk"), await Do(db => new DisputeBook(db).Decide(decision, ByClerk("settlement-clerk-1"), None)));
        Assert.IsType<DisputeResult.Done>(await Do(db => new DisputeBook(db).Decide(decision, ByClerk("settlement-clerk-2", Morning(5, 20)), None)));
        await Holds(9_180, 1_080, 109_740);
    }

    private static Relief.Flow.Activities.Catalogue.PriceVersion Price(string id) => new()
    {
        Id = id, CountyCode = County, CreatedAt = Morning(1, 1), CreatedBy = "a", ApprovedBy = "b", ItemCode = "home-care", AreaCode = County, Price = 70,
        ValidFrom = new DateOnly(2026, 6, 1), Document = "d", Label = "l", Status = Relief.Flow.Activities.Catalogue.CatalogueStatus.Approved
    };

    private async Task Holds(decimal reserved, decimal spent, decimal available)
    {
        var balance = (await Do(db => new FundQueries(db).Balance("F4-2026", None)))!;
        Assert.Equal((reserved, spent, available), (balance.Reserved, balance.Spent, balance.Available));
    }

    public sealed class OnSqlite() : FirstPurchaseTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : FirstPurchaseTests(StorageKind.PostgreSql);
}
