using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Partners;

/// <summary>The county says how an order that is stuck goes on after its conference (P16): as it stands, another way, or not at all.</summary>
/// <remarks>A conference recommends; it neither includes anybody in a category nor moves money (0.2b). While one about the case is still discussed, nothing is decided here.</remarks>
[ChangesRecords]
[Activity("Relief Partners", "The county says how an order goes on after its conference.", Chinese = "落实会商结论", Waits = true)]
[Outcomes("Resolved", "Reroute", "Closed", "Stopped")]
public sealed class OrderConference : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("conference", "落实会商结论", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Resolved", "Reroute", "Closed"],
            Form = [FormField.Of("reason", "会商意见", "string", "Resolved", "Reroute", "Closed")],
            DueKey = "conference.convene",
            Audience = "K",
            WhenStopped = "Stopped",
            Event = "conf:order:" + OrderId,
            Send = [ActivityDeeds.Tell("conference.asked", "K", scene.Order.Order.CountyCode, new { caseNumber = scene.Order.Case.Number })]
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) =>
        await new ConferenceQueries(scene.Db).IsDiscussed(scene.Order.Case.Id, cancellationToken) ? StepEnd.Not("ConferenceOpen") : StepEnd.By(answer.Decision);
}
