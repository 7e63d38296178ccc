using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.fasttrack": one emergency is served, settled and regularised too late; one is paid out of petty cash and stops; cash, charity, nobody to serve, no and no need.</summary>
public abstract class FastTrackPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.fasttrack", "procedure.delivery", "procedure.delivery.visit", "procedure.settlement.monthly", "procedure.linkage", "procedure.death", "procedure.delivery.accept", "procedure.delivery.served", "procedure.fasttrack.money"];

    public override DateTimeOffset Begins => Local(3, 16);

    private protected override async Task Tell(Town town)
    {
        var zhang = await IsServed(town);
        await Others(town);
        await Dies(town);
        await Short(town);
        await Regularised(town, zhang);
        await Settled(town);
        Assert.Equal(
            ["person-feng PersonDied", "person-feng Refused", "person-hua HandedOver", "person-jin HandedOver", "person-jin NotNeeded", "person-wang NotEligible", "person-zhang Regularised", "person-zhao Charity", "person-zheng NotServed"],
            (await Board(town, false)).Select(row => $"{row.PersonId} {row.Outcome}").Order(StringComparer.Ordinal));
    }

    // A reviewer says yes by phone; three hours later the first of three visits begins.
    private static async Task<string> IsServed(Town town)
    {
        var caseId = await Proposes(town, "person-zhang", ReliefCategory.Dibao, new { itemCode = "home-care", quantity = 3, serviceDays = 7, consent = "电话同意" });
        await town.Complete("emergency.approve", "township-reviewer-1", "Go", new { channel = "Phone", approver = "reviewer-li", calledAt = "2026-03-16T09:00:00+08:00", callRef = "REC-1" });
        Assert.Equal((79_820m, 250_000m), (await FundScene.Available(town, "F2-2026"), await FundScene.Available(town, "F3-2026")));
        await town.Complete("referral", "supplier-a", "Accepted");
        var served = Assert.Single(await Board(town, true));
        Assert.Equal(("reviewer-li", "township-reviewer-1", ApprovalChannel.Phone, new DateOnly(2026, 3, 22)), (served.ApprovedBy, served.RecordedBy, served.Channel, served.LastDay));
        var visits = await town.Read(db => new RecordQueries(db).Visits(served.OrderId!, None));
        Assert.Equal([Local(3, 16, 12), Local(3, 18, 12), Local(3, 20, 12)], visits.Select(visit => visit.PlannedStart));
        foreach (var visit in visits.Take(2))
        {
            await town.At(visit.PlannedEnd.AddMinutes(30));
            await town.Publish("record:" + visit.Id, new { start = visit.PlannedStart, end = visit.PlannedEnd, content = "照料", confirmedBy = "张某某 签字", by = "worker-a1" });
        }

        Assert.Empty(await town.Read(db => new CaseQueries(db).Needs(caseId, None)));   // nobody classifies, surveys or decides what the fast track gives
        return caseId;
    }

    private static async Task Others(Town town)
    {
        await IsSeen(town, "person-jin");
        await town.Complete("emergency.propose", "clerk-b", "NotNeeded", new { reason = "亲属已接回" });
        await Proposes(town, "person-feng", ReliefCategory.Dibao, new { itemCode = "meal", quantity = 14, serviceDays = 7, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-li", "NoGo", new { reason = "可由社区食堂解决" });
        await Proposes(town, "person-zheng", ReliefCategory.Dibao, new { itemCode = "home-care", quantity = 2, serviceDays = 2, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-b", "Go", new { channel = "App" });
        await town.Complete("referral", "supplier-a", "InfoNeeded", new { reason = "门牌号" });
        await town.Complete("referral.info", "clerk-b", "Stop", new { reason = "亲属已接回" });
        Assert.Equal(79_820m, await FundScene.Available(town, "F2-2026"));

        await IsSeen(town, "person-hua");
        await town.Complete("emergency.propose", "clerk-1", "Cash", new { amount = 300, purpose = "购药" });
        await town.Complete("special.approve", "county-officer-1", "Approved");   // proposed already: the township has no petty cash
        await town.Complete("special.pay", "county-finance-1", "Paid", new { voucher = "V-1" });
        Assert.Equal(79_520m, await FundScene.Available(town, "F2-2026"));
    }

    // E02: one has had two of three visits, and on the day of the second, whose record comes when the death is confirmed already, they die; of another's cash the money is set aside.
    // Neither is on the board any more; what was served is owed, and all else is free.
    private static async Task Dies(Town town)
    {
        await IsSeen(town, "person-feng", "again");
        await town.Complete("emergency.propose", "clerk-2", "Service", new { itemCode = "home-care", quantity = 3, serviceDays = 3, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-li", "Go", new { channel = "App" });
        await town.Complete("referral", "supplier-a", "Accepted");
        var visits = (await Visits(town, "person-feng")).OrderBy(one => one.PlannedStart).ToList();
        await town.At(visits[0].PlannedEnd.AddMinutes(30));
        await IsRecorded(town, visits[0]);
        await town.At(visits[1].PlannedEnd.AddMinutes(30));
        await IsSeen(town, "person-jin", "again");
        await town.Complete("emergency.propose", "clerk-b", "Cash", new { amount = 200, purpose = "购药" });
        await town.Complete("special.approve", "county-officer-1", "Approved");
        Assert.Equal(79_520m - 180 - 200, await FundScene.Available(town, "F2-2026"));

        foreach (var person in new[] { "person-feng", "person-jin" })
        {
            await town.Start("procedure.death", new { personId = person, diedOn = ChinaTime.DayOf(visits[1].PlannedStart), source = "village" }, subject: "person:" + person);
            await town.Complete("death", person == "person-jin" ? "clerk-b" : "clerk-1", "PersonDied", new { evidence = "死亡证明" });
        }

        await IsRecorded(town, visits[1]);
        Assert.Equal(79_520m - 120, await FundScene.Available(town, "F2-2026"));
        Assert.Equal(["person-zhang"], (await Board(town, true)).Select(row => row.PersonId));
        Assert.Equal([VisitStatus.Done, VisitStatus.Done, VisitStatus.Cancelled], (await Visits(town, "person-feng")).OrderBy(one => one.PlannedStart).Select(one => one.Status));
        Assert.Empty(await town.Rows("select kind from task where kind like 'special.%' and state in (1, 2)"));
    }

    // The county's account is empty: nothing starts until there is petty cash, and what is not eligible stops and gives everything back.
    private static async Task Short(Town town)
    {
        await town.Set(db => new FundBook(db).Adjust("F2-2026", -79_400, "doc", new Deed("county-finance-1", Local(3, 18), "empty"), None));
        await Proposes(town, "person-zhao", ReliefCategory.Dibao, new { itemCode = "home-care", quantity = 2, serviceDays = 2, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-li", "Go", new { channel = "App" });
        await town.Complete("emergency.short", "clerk-1", "Charity", new { reason = "资金不足" });

        var wang = await Proposes(town, "person-wang", ReliefCategory.Margin, new { itemCode = "nursing", quantity = 5, serviceDays = 5, consent = "本人签字" });
        await town.Complete("emergency.approve", "reviewer-li", "Go", new { channel = "App" });
        await town.Set(db => new FundBook(db).OpenPettyCash("township-a", 2026, new Deed("county-finance-1", Local(3, 18), "petty"), None));
        await FundScene.Give(town, "F2-2026-township-a", 500);
        Assert.Equal(50m, await FundScene.Available(town, "F2-2026-township-a"));   // tried again as soon as money came
        await town.Complete("referral", "supplier-a", "Accepted");
        await Decided(town, wang, CaseStatus.Denied);
        Assert.Equal(500m, await FundScene.Available(town, "F2-2026-township-a"));
        Assert.All(await Visits(town, "person-wang"), visit => Assert.Equal(VisitStatus.Cancelled, visit.Status));
    }

    private static async Task Regularised(Town town, string caseId)
    {
        await town.At(Local(3, 31));
        var missed = Assert.Single(await Board(town, true));
        Assert.Equal(("person-zhang", Local(3, 30, 23, 59).AddSeconds(59)), (missed.PersonId, missed.MissedAt));
        await Decided(town, caseId, CaseStatus.Confirmed);
        Assert.Empty(await Board(town, true));
        Assert.Empty(await town.Read(db => db.Set<Case>().Where(row => row.Id == caseId).Select(row => row.Flags).SingleAsync()));
    }

    // Two of three hours were given, and two to who died: 240 yuan are paid; 60 come back once somebody has said that no record of the third hour comes.
    private static async Task Settled(Town town)
    {
        await town.At(Local(4, 3));
        await town.Complete("settlement.claim", "supplier-a", "Claimed");
        await town.Complete("settlement.verify", "settlement-clerk-1", "Verified");
        await town.Complete("settlement.approve", "township-reviewer-1", "Approved");
        await town.Publish("pay:999901-PV-A-2026-03", new { voucher = "bank-04" });
        await town.At(Local(4, 9));
        Assert.Equal(60m, (await town.Read(db => new FundQueries(db).Balance("F2-2026", None)))!.Reserved);
        await town.Complete("emergency.unrecorded", "clerk-1", "NeverCame", new { reason = "当日未上门" });
        var balance = (await town.Read(db => new FundQueries(db).Balance("F2-2026", None)))!;
        Assert.Equal((0m, 0m, 540m, 60m), (balance.Reserved, balance.Committed, balance.Spent, balance.Available));
        Assert.Empty(await town.Read(db => new FundQueries(db).BrokenAt("F2-2026", None)));
        Assert.Empty(await town.Rows("select cast(id as text) from instance where definition_id = 'procedure.fasttrack' and status < 8"));
    }

    private static Task<Guid> IsSeen(Town town, string person, string times = "once") =>
        town.Start("procedure.fasttrack", new { personId = person, origin = "Request", originId = $"{person}-{times}", by = "clerk-1" }, subject: "person:" + person);

    internal static async Task<string> Proposes(Town town, string person, ReliefCategory category, object service)
    {
        var caseId = "";
        await town.Set(async db =>
        {
            var deed = new Deed("clerk-1", Local(3, 16), "scene-" + person);
            var application = await new ApplicationBook(db).Enter(
                new ApplicationEntry { CountyCode = "999900", Channel = "window", ApplicantName = "某某", PersonId = person, Category = category, ItemCodes = ["home-care"], Wording = "突发急难" }, deed, None);
            caseId = ((CaseResult.Done)await new CaseBook(db).Open(application.Id, "township-a", deed, None)).CaseId;
            foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview })
                await new CaseBook(db).Move(caseId, status, null, deed, None);
        });
        await IsSeen(town, person);
        await town.Complete("emergency.propose", "clerk-2", "Service", service);
        return caseId;
    }

    // As the review writes it and tells it.
    internal static async Task Decided(Town town, string caseId, CaseStatus status)
    {
        await town.Set(db => new CaseBook(db).Move(caseId, status, null, new Deed("reviewer-li", Local(3, 31), "decided-" + caseId), None));
        await town.Publish(DeniedCase.Decided(caseId), new { decision = status.ToString() });
    }

    internal static Task<IReadOnlyList<EmergencyRelief>> Board(Town town, bool isBoard) => town.Read(db => new EmergencyBook(db).Of("999900", isBoard, None));

    private static Task IsRecorded(Town town, VisitSlot visit) =>
        town.Publish("record:" + visit.Id, new { start = visit.PlannedStart, end = visit.PlannedEnd, content = "照料", confirmedBy = "冯某某 签字", by = "worker-a1" });

    internal static Task<List<VisitSlot>> Visits(Town town, string person) => town.Read(db => db.Set<VisitSlot>().Where(visit => visit.PersonId == person).ToListAsync());

    public sealed class OnSqlite : FastTrackPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FastTrackPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
