using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>30 days after the end the township asks what became of it: skill used, job, health (PW3 step 6).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The township asks whether the goal was met.", Chinese = "成效回访", Waits = true)]
[Outcomes("GoalMet", "Partly", "NotMet", "Stopped")]
public sealed class GoalCheck : OrderStep
{
    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var sessions = await new AttendanceBook(scene.Db).Of(OrderId, cancellationToken);
        return new Question("linkage.followUp", "部门联动成效回访", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["GoalMet", "Partly", "NotMet"],
            Form = [FormField.Of("reason", "情况说明", "string", "Partly", "NotMet")],
            Data = new { attended = sessions.Count(session => session.Attended), sessions = sessions.Count },
            WorkingDays = 5,
            WhenStopped = "Stopped"
        };
    }

    // Not met: the order may be sent to another unit.
    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NotMet")
            await new OrderBook(scene.Db).Move(OrderId, OrderStatus.Transferred, scene.Context.DeedOf("reroute", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
