using System.Text.Json;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The social worker writes one plan for the household: goals, resources, sessions, risks (CZ-101, CZ-102); each submission is a version.</summary>
[ChangesRecords]
[Activity("Relief Partners", "The social worker writes the household's plan.", Chinese = "一户一案", Waits = true)]
[Outcomes("Submitted", "Stopped")]
public sealed class HouseholdPlan : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("redvest.plan", "编制家庭帮扶方案", ReliefRoles.SocialWorker, scene.Order.TownshipCode)
        {
            Outcomes = ["Submitted"],
            Form = [FormField.Of("goals", "目标", "array", "Submitted"), FormField.Of("resources", "家庭、社区和社会组织资源", "array"), FormField.Of("sessions", "服务安排", "string")],
            DueKey = "plan.submit",
            WhenStopped = "Stopped"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (!await new TeamBook(scene.Db).Holds(OrderId, answer.By, TeamRole.SocialWorker, cancellationToken))
            return StepEnd.Not("NotTheTeamsSocialWorker");
        if (answer.List("goals") is not { } goals || goals.GetArrayLength() == 0)
            return StepEnd.Not("NoGoals");
        var version = await new HouseholdPlans(scene.Db).Submit(OrderId, (goals.GetRawText(), answer.Data.GetRawText()), scene.Context.DeedOf("plan", answer.By), cancellationToken);
        return StepEnd.By("Submitted", ActivityDeeds.Tell("plan.toAgree", "P", scene.Order.Order.PersonId, scene.Order.Reference)) with { Kept = new { version } };
    }
}
