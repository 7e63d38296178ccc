using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>Every three months the team's social worker looks at the goals: go on, adjust the plan, met, or another pathway (PW5 step 5).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The social worker reviews the goals of the plan.", Chinese = "季度目标评审", Waits = true)]
[Outcomes("Continue", "Adjust", "GoalMet", "Transfer", "Stopped")]
public sealed class GoalReview : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("redvest.review", "季度目标评审", ReliefRoles.SocialWorker, scene.Order.TownshipCode)
        {
            Outcomes = [.. Enum.GetNames<GoalDecision>()],
            Form = [FormField.Of("attainment", "目标达成率(%)", "integer", [.. Enum.GetNames<GoalDecision>()]), FormField.Of("reason", "说明", "string", "Adjust", "Transfer")],
            WorkingDays = 5,
            WhenStopped = "Stopped"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (!await new TeamBook(scene.Db).Holds(OrderId, answer.By, TeamRole.SocialWorker, cancellationToken))
            return StepEnd.Not("NotTheTeamsSocialWorker");
        if (FormData.Read<Form>(answer.Data) is not { Attainment: { } attainment and >= 0 and <= 100 })
            return StepEnd.Not("NoAttainment");
        var deed = scene.Context.DeedOf("review", answer.By);
        await scene.Db.Insert(new GoalReviewRecord
        {
            Id = deed.NewId(),
            CountyCode = scene.Order.Order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = OrderId,
            Decision = Enum.Parse<GoalDecision>(answer.Decision),
            Attainment = attainment
        }, cancellationToken);
        return StepEnd.By(answer.Decision);
    }

    private sealed record Form(int? Attainment);
}
