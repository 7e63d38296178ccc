using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The first purchase (SC-01) on the records alone, in steps at which a test may stop.</summary>
public abstract class PurchaseTest(StorageKind kind) : ReliefTest(kind)
{
    protected string CaseId { get; private set; } = "";

    protected string OrderId { get; private set; } = "";

    protected string ReservationId { get; private set; } = "";

    protected string SurveyId { get; private set; } = "";

    protected static BatchKey April => new(County, "999901", "PV-A", "2026-04");

    /// <summary>The case is open and its survey assigned; nobody has signed.</summary>
    protected async Task Surveying()
    {
        var data = new PersonalDataKey(new byte[32]);
        Assert.True(await Do(db => new ExampleCounty(db, data).Write(Morning(1, 4), None)));
        Assert.False(await Do(db => new ExampleCounty(db, data).Write(Morning(1, 4), None)));
        var application = await Do(db => new ApplicationBook(db).Enter(new ApplicationEntry
        {
            CountyCode = County, Channel = "wanshitong", ApplicantName = "张某某", PersonId = "person-zhang",
            Category = ReliefCategory.Dibao, ItemCodes = ["home-care", "cleaning"], Wording = "需要照料和清洁"
        }, ByClerk(), None));
        CaseId = Assert.IsType<CaseResult.Done>(await Do(db => new CaseBook(db).Open(application.Id, "township-a", ByClerk(), None))).CaseId;
        Assert.Equal(new CaseResult.Done(CaseId), await Do(db => new CaseBook(db).Open(application.Id, "township-a", ByClerk(), None)));
        foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying })
            Assert.IsType<CaseResult.Done>(await Do(db => new CaseBook(db).Move(CaseId, status, null, ByClerk(), None)));
        await Do(db => new CaseBook(db).RegisterNeeds(CaseId, [new NeedEntry("home-care", "生活照料", "elderly", Urgency.Normal, "照料")], ByClerk(), None));

        SurveyId = (await Do(db => new SurveyBook(db).Assign(
            new SurveyAssignment(CaseId, County, SurveyMode.Delegated, "survey-v1", ["surveyor-qian", "surveyor-sun"]), ByClerk(), None))).Id;
    }

    /// <summary>The survey is signed by two and waits for a decision.</summary>
    protected async Task InReview()
    {
        await Surveying();
        Assert.Equal(new SurveyResult.Invalid("SignersNotDistinct"), await Submit("surveyor-qian", "surveyor-qian"));
        Assert.IsType<SurveyResult.Valid>(await Submit("surveyor-qian", "surveyor-sun"));
        await Do(db => new CaseBook(db).Move(CaseId, CaseStatus.InReview, null, ByClerk(), None));
    }

    /// <summary>Decided, numbered and noticed.</summary>
    protected async Task Confirmed()
    {
        await InReview();
        Assert.IsType<DecisionResult.Taken>(await Do(db => new DecisionBook(db).Decide(Decision(), ByClerk("reviewer-li", Morning(3, 24)), None)));
        Assert.Equal("999900-2026-000001", (await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None))).Number);
        Assert.False((await Do(db => new ArchiveBook(db).AssignNumber("person-zhang", County, ByClerk(), None))).IsNew);
        var notice = Assert.IsType<NoticeResult.Prepared>(await Do(db => new NoticeBook(db).Prepare(CaseId, "示例依据", ByClerk(), None)));
        Assert.Equal("999900-2026-000001 一村 服务类救助", notice.Content);
    }

    protected Task<SurveyResult> Submit(params string[] signers) => Do(db => new SurveyBook(db).Submit(new SurveySubmission
    {
        SurveyId = SurveyId,
        Signatures = [.. signers.Select((signer, index) => new SignatureEntry(signer, Morning(3, 20).AddMinutes(index), "device-" + index))],
        FailedIndicators = ["bathing", "walking"],
        Opinion = SurveyOpinion.Recommended,
        FamilySigner = "张某某",
        PhotoCount = 2
    }, ByClerk("surveyor-qian", Morning(3, 20)), None));

    protected DecisionEntry Decision() => new()
    {
        CaseId = CaseId, CountyCode = County, SurveyId = SurveyId, Outcome = DecisionOutcome.Confirmed, RuleTrace = "[{}]", RuleVersion = "r1",
        Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 24)
    };

    /// <summary>The order is funded, agreed and signed, from April to December.</summary>
    protected async Task InService()
    {
        var entry = new OrderEntry(CaseId, [], "M1", new DateOnly(2026, 4, 1), new DateOnly(2026, 12, 31));
        OrderId = Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Create(entry, ByClerk(), None))).Id;
        PlannedItem[] items = [new("home-care", 16, 8), new("cleaning", 4, 4)];
        var monthly = await Do(db => new OrderQueries(db).MonthlyValue(items, "99990101", entry.PlannedFrom, None));
        Assert.Equal(1_140m, monthly);
        ReservationId = Assert.IsType<ReservationResult.Reserved>(await Do(db => new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = OrderId, CountyCode = County, Amount = 9 * monthly!.Value, PeriodFrom = entry.PlannedFrom, PeriodTo = entry.PlannedTo,
            Purpose = new FundPurpose(ReliefCategory.Dibao, ["elderly"], ["home-care", "cleaning"], "M1"), CandidateAccounts = ["F4-2026"]
        }, ByClerk(), None))).ReservationId;
        await Holds(10_260, 0, 109_740);
        await Do(db => new OrderBook(db).Fund(OrderId, ReservationId, ByClerk(), None));
        await Do(db => new OrderBook(db).Send(OrderId, "PV-A", ByClerk(), None));
        await Do(db => new OrderBook(db).Move(OrderId, OrderStatus.Accepted, ByClerk("supplier-a"), None));
        await Do(db => new PlanBook(db).Submit(new PlanEntry(OrderId, "居家照料", "{}", items), ByClerk("supplier-a"), None));
        await Do(db => new PlanBook(db).Agree(OrderId, "张某某", ByClerk(), None));
        var agreement = Assert.IsType<OrderResult.Done>(await Do(db => new PlanBook(db).Draft(new AgreementEntry
        {
            OrderId = OrderId, TownshipUnitId = "township-a", ValidFrom = entry.PlannedFrom, ValidTo = entry.PlannedTo, PriceLabel = "v2026-1", Document = "hash"
        }, ByClerk(), None))).Id;
        foreach (var party in Enum.GetValues<AgreementParty>())
            await Do(db => new PlanBook(db).Sign(agreement, party, party.ToString(), ByClerk(), None));
        Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Move(OrderId, OrderStatus.Active, ByClerk(), None)));
    }

    /// <summary>A month's accepted visits: eight of care, four of cleaning.</summary>
    protected async Task Deliver(int month, int careHours)
    {
        for (var visit = 0; visit < 8; visit++)
            await Serve("home-care", Morning(month, 7 + visit), Math.Min(2, careHours - 2 * visit));
        for (var visit = 0; visit < 4; visit++)
            await Serve("cleaning", Morning(month, 20 + visit), 1);
    }

    /// <summary>One visit, accepted after three days; the flags are what a person should look at.</summary>
    protected async Task<string> Serve(string item, DateTimeOffset start, int hours, params string[] flags)
    {
        var id = await Submitted(item, start, hours, flags);
        Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Accept(id, null, ByClerk("system", start.AddDays(3)), None)));
        return id;
    }

    /// <summary>One visit that nobody has decided on.</summary>
    protected async Task<string> Submitted(string item, DateTimeOffset start, int hours, params string[] flags)
    {
        var done = Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Submit(new RecordEntry
        {
            OrderId = OrderId, WorkerId = "worker-a1", ItemCode = item, StartAt = start, EndAt = start.AddHours(hours), Content = "done", ConfirmedBy = "张某某 签字"
        }, ByClerk("worker-a1", start.AddHours(hours + 1)), None)));
        Assert.Equal(flags, done.Flags);
        return done.RecordId;
    }

    /// <summary>A month's batch, claimed as it stands and verified.</summary>
    protected async Task<BatchView> Verified(string month)
    {
        var id = Assert.IsType<SettlementResult.Done>(await Do(db => new BatchOpening(db).Open(April with { Month = month }, ByClerk(), None))).BatchId;
        await Do(db => new BatchOpening(db).Claim(id, [], ByClerk("supplier-a"), None));
        await Do(db => new SettlementBook(db).Verify(id, "", ByClerk("settlement-clerk-1"), None));
        return (await Do(db => new SettlementQueries(db).Find(id, None)))!;
    }

    /// <summary>A month's batch from its opening to its close.</summary>
    protected async Task<BatchView> Settle(string month, decimal claimedHours, DateTimeOffset paidOn)
    {
        var id = Assert.IsType<SettlementResult.Done>(await Do(db => new BatchOpening(db).Open(April with { Month = month }, ByClerk(), None))).BatchId;
        await Do(db => new BatchOpening(db).Claim(id, [new ClaimedItem(OrderId, "home-care", claimedHours), new ClaimedItem(OrderId, "cleaning", 4)], ByClerk("supplier-a"), None));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Verify(id, "", ByClerk("settlement-clerk-1"), None)));
        Assert.Equal(new SettlementResult.Refused("SamePerson"), await Do(db => new SettlementBook(db).Approve(id, ByClerk("settlement-clerk-1"), None)));
        Assert.Equal(new SettlementResult.Refused("SurveyorApproves"), await Do(db => new SettlementBook(db).Approve(id, ByClerk("surveyor-sun"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Approve(id, ByClerk("township-reviewer-1"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Pay(id, "bank-1", ByClerk("settlement-clerk-1", paidOn), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Close(id, "", ByClerk(), None)));
        return (await Do(db => new SettlementQueries(db).Find(id, None)))!;
    }

    protected async Task Holds(decimal reserved, decimal spent, decimal available)
    {
        var balance = (await Do(db => new FundQueries(db).Balance("F4-2026", None)))!;
        Assert.Equal((reserved, spent, available), (balance.Reserved, balance.Spent, balance.Available));
    }
}
