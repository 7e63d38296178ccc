using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The village goes and looks when nothing was logged for 14 days (PW6 step 7).</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The village visits when nothing was logged for 14 days.", Chinese = "静默走访", Waits = true)]
public sealed class VisitSilent : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("help.visit", "互助中断走访", ReliefRoles.VillageWorker, scene.Order.Case.AreaCode)
        {
            Outcomes = [Done],
            Form = [FormField.Of("reason", "走访情况", "string", Done)],
            WorkingDays = 2,
            Audience = "V"
        });

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) => Task.FromResult(StepEnd.By(Done));
}
