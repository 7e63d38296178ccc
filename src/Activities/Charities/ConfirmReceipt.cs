using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>The township calls the person 30 days after a charity's delivery: was it received, was anything charged (PW7 step 7)?</summary>
[ChangesRecords]
[Activity("Relief Partners", "Asks the person whether the charity's gift was received and free.", Chinese = "慈善回访", Waits = true)]
[Outcomes("Received", "NotReceived", "Charged", "Stopped")]
public sealed class ConfirmReceipt : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("charity.confirm", "慈善交付回访", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["Received", "NotReceived", "Charged"],
            Form = [FormField.Of("reason", "情况说明", "string", "NotReceived", "Charged")],
            WorkingDays = 5,
            WhenStopped = "Stopped"
        });

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) => Task.FromResult(StepEnd.By(answer.Decision));
}
