using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Filing;

/// <summary>Gives a person the service number, once for life (P09 step 1, INV-12).</summary>
[ChangesRecords]
[Activity("Relief Archive", "Gives the person of an order the service number, once for life.", Chinese = "编制服务号")]
[Outcomes("Assigned", "Existing")]
public sealed class AssignServiceNumber : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("AAAAAA-YYYY-NNNNNN.", Chinese = "服务号")]
    public string ServiceNo { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var number = await new ArchiveBook(db).AssignNumber(scene.Order.PersonId, scene.Order.CountyCode, context.DeedOf("number"), cancellationToken);
        ServiceNo = number.Number;
        return new Completed(number.IsNew ? "Assigned" : "Existing");
    }
}
