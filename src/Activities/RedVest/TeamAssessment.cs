using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The team's social worker assesses six dimensions and the risk (PW5 step 2); danger to life goes to the township at once.</summary>
[ChangesRecords]
[Activity("Relief Partners", "The social worker assesses the person in six dimensions.", Chinese = "多维精准评估", Waits = true)]
[Outcomes("Assessed", "Danger", "Stopped")]
public sealed class TeamAssessment : OrderStep
{
    [Output("Low, Medium, High or Danger.", Chinese = "风险等级")]
    public string Risk { get; private set; } = "";

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("redvest.assessment", "多维精准评估", ReliefRoles.SocialWorker, scene.Order.TownshipCode)
        {
            Outcomes = ["Assessed"],
            Form =
            [
                FormField.Of("scores", "六维评分(1–5)", "object", "Assessed").Made(
                    FormField.Of("life", "生活", "integer"), FormField.Of("health", "健康", "integer"), FormField.Of("family", "家庭", "integer"),
                    FormField.Of("mind", "心理", "integer"), FormField.Of("social", "社会", "integer"), FormField.Of("capability", "能力", "integer")),
                FormField.Of("risk", "风险等级", "string", "Assessed").OneOf(Enum.GetNames<TeamRisk>()), FormField.Of("reason", "风险代码", "string", "Assessed")
            ],
            DueKey = "redvest.assess",
            WhenStopped = "Stopped"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (!await new TeamBook(scene.Db).Holds(OrderId, answer.By, TeamRole.SocialWorker, cancellationToken))
            return StepEnd.Not("NotTheTeamsSocialWorker");
        if (FormData.Read<Form>(answer.Data) is not { Scores: { AreComplete: true } scores, Risk: { } risk })
            return StepEnd.Not("NotAllDimensions");
        Risk = risk.ToString();
        var deed = scene.Context.DeedOf("assessment", answer.By);
        await scene.Db.Insert(new PreciseAssessment
        {
            Id = deed.NewId(),
            CountyCode = scene.Order.Order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = OrderId,
            Life = scores.Life,
            Health = scores.Health,
            Family = scores.Family,
            Mind = scores.Mind,
            Social = scores.Social,
            Capability = scores.Capability,
            Risk = risk,
            RiskReason = answer.Reason ?? ""
        }, cancellationToken);
        return StepEnd.By(risk == TeamRisk.Danger ? "Danger" : "Assessed");
    }

    private sealed record Form(TeamScores? Scores, TeamRisk? Risk);
}
