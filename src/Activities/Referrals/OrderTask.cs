using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Something about an order that a person of the township settles: an answer to the supplier, a cover plan, a talk, a review.</summary>
/// <remarks>When it is late the county is told; nobody decides in its place. When its order is stopped it ends by <c>Stop</c>.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Lets a person settle something about an order.", Chinese = "订单事项办理", Waits = true)]
[Outcomes("Done", "Stop")]
public sealed class OrderTask : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("What sort of task it is: referral.info, cover, agreement.escalation, review …", Chinese = "任务类别")]
    public required string Kind { get; init; }

    [Input("The title, without a name.", Chinese = "任务名称")]
    public required string Title { get; init; }

    [Input("Who may settle it.", Chinese = "办理角色")]
    public string Role { get; init; } = ReliefRoles.ReliefClerk;

    [Input("In how many working days.", Chinese = "时限(工作日)")]
    public int WorkingDays { get; init; } = 1;

    [Output("What was said.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var deadline = await new Deadlines(db).WorkingDays(WorkingDays, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), .. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"{Title} {scene.Case.Number}",
            Kind = Kind,
            Role = Role,
            Unit = scene.TownshipCode,
            Subject = "order:" + OrderId,
            Outcomes = ["Done", "Stop"],
            Form = [new FormField("reason", "说明", "string", ["Stop"])]
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("Stop") { Send = [OrderStop.PassOn(OrderId, wakeup.Payload)] };
        if (!wakeup.IsTimer)
        {
            var answer = Answer.From(wakeup);
            Reason = answer.Reason ?? "";
            return new Completed(answer.Decision);
        }

        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var late = wakeup.Bookmark == "task.due";
        var to = late ? scene.Order.CountyCode : scene.TownshipCode;
        return new Waiting([]) { Send = [ActivityDeeds.Tell(late ? "task.late" : "task.remind", late ? "K" : "C", to, scene.Reference)] };
    }
}
