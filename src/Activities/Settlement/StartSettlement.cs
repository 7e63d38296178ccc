using System.Globalization;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Starts the settlement of an order's township, supplier and month, where no month of service has done so by itself (P10).</summary>
/// <remarks>The settlement's instance id comes from township, supplier and month: all orders of a batch start it once, however often they try.</remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Starts the settlement of a month.", Chinese = "启动月度结算")]
public sealed class StartSettlement : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The month, as 2026-04.", Chinese = "月份")]
    public required string Month { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        return new Completed(Done) { Send = [Of(scene, DateOnly.ParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture))] };
    }

    /// <summary>The start of an order's month.</summary>
    internal static Message Of(OrderScene scene, DateOnly month) => Of((scene.Order.CountyCode, scene.TownshipCode, scene.Order.SupplierId!), month);

    /// <summary>The start of a month's settlement.</summary>
    internal static Message Of((string County, string Township, string Supplier) of, DateOnly month)
    {
        var key = $"{of.Township}:{of.Supplier}:{month:yyyy-MM}";
        var input = Json(new { countyCode = of.County, townshipCode = of.Township, supplierId = of.Supplier, month = $"{month:yyyy-MM}" });
        return Message.Of(new ChildStart(InstanceIds.Of("settlement:" + key), "procedure.settlement.monthly", input, "batch:" + key, "settlement:" + key));
    }
}
