using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>Orders in service since April, as if their pathways had brought them there: for stories that begin later.</summary>
internal static class ServedOrders
{
    /// <summary>One case of a person with an order for each item, in their order, served by a supplier until the end of the year, 500 yuan reserved for each.</summary>
    public static Task<IReadOnlyList<string>> Of(ReliefDbContext db, string personId, ReliefCategory category, string supplierId, params string[] items) =>
        Until(db, new DateOnly(2026, 12, 31), personId, category, supplierId, items);

    /// <summary>The same, served until another day.</summary>
    public static async Task<IReadOnlyList<string>> Until(ReliefDbContext db, DateOnly last, string personId, ReliefCategory category, string supplierId, params string[] items)
    {
        var deed = new Deed("clerk-1", Town.Local(3, 16), "served-" + personId);
        var caseId = await ConfirmedNeed.Open(db, personId, category, [.. items.Select(item => new NeedEntry(item, "生活照料", "elderly", Urgency.Normal, "照料"))]);
        foreach (var status in new[] { CaseStatus.Referring, CaseStatus.Planned, CaseStatus.InService })
            await new CaseBook(db).Move(caseId, status, null, deed, None);
        var needs = await ConfirmedNeed.Confirm(db, caseId, _ => 4, "M1");
        List<string> orders = [];
        foreach (var item in items)
            orders.Add(await Serve(db, (caseId, category, last), needs.Single(need => need.ItemCode == item), supplierId));
        return orders;
    }

    private static async Task<string> Serve(ReliefDbContext db, (string Id, ReliefCategory Category, DateOnly Last) of, NeedItem need, string supplierId)
    {
        var deed = new Deed("clerk-1", Town.Local(3, 24), "served-" + need.Id);
        var (from, to) = (new DateOnly(2026, 4, 1), of.Last);
        var orderId = ((OrderResult.Done)await new OrderBook(db).Create(new OrderEntry(of.Id, [need.Id], "M1", from, to), deed, None)).Id;
        var reserved = await new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = orderId, CountyCode = "999900", Amount = 500, PeriodFrom = from, PeriodTo = to, CandidateAccounts = ["F3-2026"],
            Purpose = new FundPurpose(of.Category, ["elderly"], [need.ItemCode], "M1")
        }, deed, None);
        await new OrderBook(db).Fund(orderId, Assert.IsType<ReservationResult.Reserved>(reserved).ReservationId, deed.Step("fund"), None);
        await new OrderBook(db).Send(orderId, supplierId, deed.Step("send"), None);
        await new OrderBook(db).Move(orderId, OrderStatus.Accepted, deed.Step("accept"), None);
        await new PlanBook(db).Submit(new PlanEntry(orderId, "照料", "[]", [new PlannedItem(need.ItemCode, 4, 4)]), deed.Step("plan"), None);
        await new PlanBook(db).Agree(orderId, "clerk-1", deed.Step("agree"), None);
        var drafted = (OrderResult.Done)await new PlanBook(db).Draft(
            new AgreementEntry { OrderId = orderId, TownshipUnitId = "township-a", ValidFrom = from, ValidTo = to, PriceLabel = "v2026-1", Document = "sha256:0" }, deed.Step("draft"), None);
        foreach (var party in Enum.GetValues<AgreementParty>())
            await new PlanBook(db).Sign(drafted.Id, party, "clerk-1", deed.Step("sign-" + party), None);
        await new OrderBook(db).Move(orderId, OrderStatus.Active, deed.Step("active"), None);
        return orderId;
    }
}
