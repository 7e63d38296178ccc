using System.Text.Json;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>PV-A's April in 甲镇 is approved on 15 May and its payment order taken by a bank, which then does not say another word.</summary>
public sealed class UnansweredPayment : IAsyncDisposable
{
    /// <summary>The batch.</summary>
    public const string Batch = "999901-PV-A-2026-04";

    private UnansweredPayment(OutsideWorld bank, TestHost host)
    {
        Bank = bank;
        Host = host;
        Desk = new ReliefDesk(host, bank);
    }

    /// <summary>The bank; it takes orders and is not yet scripted for questions.</summary>
    public OutsideWorld Bank { get; }

    public TestHost Host { get; }

    public ReliefDesk Desk { get; }

    /// <summary>The settlement's instance.</summary>
    public string InstanceId { get; private set; } = "";

    /// <summary>The orders that reached the bank.</summary>
    public IReadOnlyList<OutsideRequest> Orders => Bank.RequestsTo("POST /pay");

    /// <summary>The scene on 24 May, nine days after the bank took the order.</summary>
    public static async Task<UnansweredPayment> NineDaysLater(StorageKind kind)
    {
        var bank = (await OutsideWorld.Open()).Answers("POST /pay", OutsideAnswer.Ok);
        var scene = new UnansweredPayment(bank, await CountyTemplate.Open(kind, Gateway(bank), "Relief:Outbound:AllowPrivate=true",
            $"Relief:Adapters:payment:Url={new Uri(bank.Address, "pay")}", $"Relief:Adapters:payment:StatusUrl={new Uri(bank.Address, "orders")}"));
        await scene.Approve();
        await scene.Desk.Until(On(5, 24, 10));
        return scene;
    }

    public async ValueTask DisposeAsync() => await Desk.DisposeAsync();

    private async Task Approve()
    {
        await Desk.Until(On(5, 6));
        await Desk.Set(async db =>
        {
            var order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            await new ArchiveBook(db).AssignNumber("person-zhang", "999900", new Deed("clerk-1", On(4, 1), "number"), None);
            var record = await new RecordBook(db).Submit(
                new RecordEntry { OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = On(4, 20), EndAt = On(4, 20, 10), Content = "清洁", ConfirmedBy = "签字" },
                new Deed("worker-a1", On(4, 20, 12), "record"), None);
            await new RecordBook(db).Accept(((RecordResult.Done)record).RecordId, "验收", new Deed("clerk-1", On(4, 21), "accept"), None);
        });
        var started = await Desk.Sends(null, "pathways/procedure.settlement.monthly/instances", new
        {
            correlationId = "batch:999901:PV-A:2026-04", businessKey = "settlement:999901:PV-A:2026-04",
            input = new { countyCode = "999900", townshipCode = "999901", supplierId = "PV-A", month = "2026-04" }
        });
        InstanceId = started.Text("instanceId")!;
        await Desk.Decides("supplier-a", "settlement.claim", "Claimed", new { lines = new[] { new { itemCode = "cleaning", quantity = 1 } } });
        await Desk.Until(On(5, 8));
        await Desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await Desk.Until(On(5, 15));
        await Desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        Assert.Equal("pay:" + Batch, Assert.Single(Orders).Json.Text("key"));
    }
}
