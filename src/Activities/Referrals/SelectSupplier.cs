using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Ranks the suppliers that may serve an order; the person's choice wins among the qualified (P07 step 1).</summary>
/// <remarks>Those that declined or did not answer are not asked again; after three of them it is <c>None</c>.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Chooses the supplier of an order among the qualified.", Chinese = "选择服务主体")]
[Outcomes("Found", "None")]
public sealed class SelectSupplier : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The supplier that the person wishes.", Chinese = "意愿机构")]
    public string? Preferred { get; init; }

    [Output("The first in rank.", Chinese = "服务主体")]
    public string SupplierId { get; private set; } = "";

    [Output("All qualified ones in rank.", Chinese = "候选名单")]
    public IReadOnlyList<string> Ranked { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var most = await new ParameterQueries(db).Whole("referral.candidates", scene.TownshipCode, scene.Order.PlannedFrom, cancellationToken);
        var wish = await WishOf(db, (scene.Case.Id, scene.Order.PlannedFrom), [.. scene.Needs.Select(need => need.ItemCode)], cancellationToken);
        var ranked = await new SupplierQueries(db).Rank(wish with { Exclude = scene.Order.DeclinedBy, Preferred = Preferred }, cancellationToken);
        if (ranked.Count == 0 || scene.Order.DeclinedBy.Length >= most)
            return new Completed("None");

        SupplierId = ranked[0].SupplierId;
        Ranked = [.. ranked.Select(supplier => supplier.SupplierId)];
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("SupplierSelected", new { OrderId, Ranked = ranked }), context.DeedOf("select"), cancellationToken);
        return new Completed("Found");
    }

    internal static async Task<SupplierWish> WishOf(
        ReliefDbContext db, (string CaseId, DateOnly From) of, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        var parent = await db.Set<Case>().SingleAsync(row => row.Id == of.CaseId, cancellationToken);
        var facts = await new PersonQueries(db).Facts(parent.PersonId, of.From, cancellationToken);
        return new SupplierWish { CountyCode = parent.CountyCode, ItemCodes = items, AreaCode = parent.AreaCode, On = of.From, Minor = facts!.Minor };
    }
}
