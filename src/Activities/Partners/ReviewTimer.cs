using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Partners;

/// <summary>Waits until an order is to be looked at again (A26): after the span of a policy parameter, in working days, calendar days or months.</summary>
/// <remarks>Nobody is told; the step that follows asks somebody. The event <c>order:{orderId}:stop</c> cuts it short.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Waits until an order is to be looked at again.", Chinese = "定期复核", Waits = true)]
[Outcomes("Due", "Stopped")]
public sealed class ReviewTimer : Activity
{
    private const string Due = "due";

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The policy parameter that says how long: charity.confirm, dept.followUp, redvest.review …", Chinese = "时限参数")]
    public required string Key { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var deadline = await new Deadlines(db).Of(Key, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), Bookmark.Timer(Due, deadline.Due, deadline.Rule)]);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        Complete(wakeup.IsTimer ? "Due" : "Stopped");
}
