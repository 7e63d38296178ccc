using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"pathway.institutional-care": a man who cannot care for himself moves into a home, is paid for by days present, and leaves when he wishes (SC-12).</summary>
public abstract class InstitutionalCarePathway : PathwayStory
{
    private static readonly string[] Four = ["eating", "dressing", "toilet", "bathing"];

    private string orderId = "";
    private Town town = null!;

    public override IReadOnlyList<string> Plays => ["pathway.institutional-care", "procedure.referral", "procedure.settlement.monthly", "procedure.archive"];

    public override DateTimeOffset Begins => Local(3, 24);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        var feng = await ConfirmedNeed.Of(town, "person-feng", ReliefCategory.Tekun, new NeedEntry("bed-day", "生活照料", "elderly", Urgency.Normal, "无法自理"), (31, "M2"));
        await town.Start("pathway.institutional-care", feng.Input);
        orderId = Assert.Single(await town.Read(db => new OrderQueries(db).Of(feng.CaseId, None))).Id;
        await Decided();
        await MovedIn();
        await Holds(reserved: 27_500, spent: 0, available: 172_500);
        await April();
        await Holds(reserved: 24_500, spent: 2_800, available: 172_700);
        Assert.Empty(await town.Rows("select id from task where kind = 'notice.post'"));
        await Leaves();
        // The last settlement gives back what nobody needs any more: 48 days were paid of 275 reserved.
        await town.At(Local(6, 1));
        await Settle("2026-05", 20, 6);
        await Holds(reserved: 0, spent: 4_800, available: 195_200);
        Assert.Equal(OrderStatus.Ended, Assert.Single(await town.Read(db => new OrderQueries(db).Of(feng.CaseId, None))).Status);
    }

    private async Task Decided()
    {
        await town.Complete("placement.assess", "surveyor-sun", "Assessed", new { failedIndicators = Four, suitability = "Institution", evidence = "report-1" });
        await town.Complete("placement.explain", "clerk-1", "Explained");
        // A yes on the same day is too early; it comes back as a task.
        await town.Complete("placement.consent", "clerk-1", "Consents", new { form = "consent-1" });
        Assert.Null((await Placed()).ConsentAt);
        await town.At(Local(3, 27));
        await town.Complete("placement.consent", "clerk-1", "Consents", new { form = "consent-1" });
        Assert.Equal("Person", (await Placed()).ConsentBy);
    }

    private async Task MovedIn()
    {
        await town.Complete("referral", "institution-1", "Accepted");
        await town.Complete("plan", "institution-1", "Submitted", new { goals = "照护", lines = new[] { new PlannedItem("bed-day", 31, 1) } });
        await town.Complete("plan.agree", "clerk-1", "Agreed");
        await town.Sign("institution-1");
        // Tomorrow is not a day on which somebody has moved in.
        await town.Complete("placement.admit", "institution-1", "Admitted", new { day = "2026-04-01" });
        Assert.Null((await Placed()).AdmittedOn);
        await town.At(Local(4, 1));
        await town.Complete("placement.admit", "institution-1", "Admitted", new { day = "2026-04-01" });
        Assert.Equal(("INST-1", new DateOnly(2026, 4, 1)), ((await Placed()).InstitutionId, (await Placed()).AdmittedOn));
    }

    private async Task April()
    {
        await town.At(Local(5, 6));
        await town.Complete("placement.presence", "institution-1", "Confirmed", new { absentDays = new[] { "2026-05-02" } });
        await town.Complete("placement.presence", "institution-1", "Confirmed", new { absentDays = new[] { "2026-04-11", "2026-04-12" } });
        await town.Complete("record.accept", "clerk-1", "Accepted", new { overrideReason = "假期后确认" });
        await Settle("2026-04", 28, 5);
        var view = (await town.Read(db => new SettlementQueries(db).Find("999901-INST-1-2026-04", None)))!;
        Assert.Equal((2_800m, 28m), (view.Batch.PaidTotal, Assert.Single(view.Lines).Line.Quantity));
    }

    private async Task Leaves()
    {
        await town.At(Local(5, 20));
        await town.Publish($"placement:{orderId}:leave", new { day = "2026-05-20", reason = "OwnWish", by = "person-feng" });
        await town.Complete("placement.presence", "institution-1", "Confirmed", new { absentDays = Array.Empty<string>() });
        await town.Complete("record.accept", "clerk-1", "Accepted");
        Assert.Equal(("OwnWish", new DateOnly(2026, 5, 20)), ((await Placed()).ExitReason, (await Placed()).LeftOn));
    }

    private async Task Settle(string month, decimal days, int paidIn)
    {
        var batchId = $"999901-INST-1-{month}";
        await town.Complete("settlement.claim", "institution-1", "Claimed", new { lines = new[] { new { itemCode = "bed-day", quantity = days } } });
        await town.At(Local(paidIn, 8));
        await town.Complete("settlement.verify", "settlement-clerk-1", "Verified");
        await town.Complete("settlement.approve", "township-reviewer-1", "Approved");
        await town.At(Local(paidIn, 15));
        await town.Publish("pay:" + batchId, new { voucher = "bank-" + month });
    }

    private async Task<Placement> Placed() => (await town.Read(db => new PlacementBook(db).Find(orderId, None)))!;

    private async Task Holds(decimal reserved, decimal spent, decimal available)
    {
        var balance = (await town.Read(db => new FundQueries(db).Balance("F1-2026", None)))!;
        Assert.Equal((reserved, spent, available), (balance.Reserved, balance.Spent, balance.Available));
    }

    public sealed class OnSqlite : InstitutionalCarePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : InstitutionalCarePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
