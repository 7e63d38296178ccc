using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Partners;

/// <summary>The county calls a conference on an order that is stuck (P16, thin): it goes on as it stands, goes another way, or ends.</summary>
/// <remarks>A conference recommends; it neither includes anybody in a category nor moves money (0.2b).</remarks>
[ChangesRecords]
[Activity("Relief Partners", "The county calls a conference on an order that is stuck.", Chinese = "订单一事一议", Waits = true)]
[Outcomes("Resolved", "Reroute", "Closed", "Stopped")]
public sealed class OrderConference : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("conference", "一事一议", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Resolved", "Reroute", "Closed"],
            Form = [FormField.Of("reason", "会商意见", "string", "Resolved", "Reroute", "Closed")],
            DueKey = "conference.convene",
            Audience = "K",
            WhenStopped = "Stopped",
            Event = "conf:order:" + OrderId,
            Send = [ActivityDeeds.Tell("conference.asked", "K", scene.Order.Order.CountyCode, new { caseNumber = scene.Order.Case.Number })]
        });

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) => Task.FromResult(StepEnd.By(answer.Decision));
}
