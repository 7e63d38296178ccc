using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>The township asks somebody who has missed two sessions why, and whether they go on (E06).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The township asks why two sessions were missed.", Chinese = "缺席了解原因", Waits = true)]
[Outcomes("GoesOn", "Leaves", "Stopped")]
public sealed class AskWhy : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("linkage.askWhy", "了解缺席原因", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["GoesOn", "Leaves"],
            Form = [FormField.Of("reason", "原因", "string", "GoesOn", "Leaves")],
            WorkingDays = 3,
            WhenStopped = "Stopped"
        });

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) => Task.FromResult(StepEnd.By(answer.Decision));
}
