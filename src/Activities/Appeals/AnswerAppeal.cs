using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Answers everybody who appealed in writing, with the reasons and the way to another body, and keeps the proof of delivery (P25 step 4).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Answers an appeal in writing and keeps the proof of delivery.", Chinese = "书面答复并送达", Waits = true)]
[Outcomes("Answered")]
public sealed class AnswerAppeal : AppealStep
{
    protected override async Task<Question> Ask(AppealScene scene, CancellationToken cancellationToken) =>
        new("appeal.answer", "送达申诉答复", scene.IsTownship ? ReliefRoles.ReliefClerk : scene.IsMoney ? ReliefRoles.CountyFinance : ReliefRoles.CountyOfficer, scene.Matter.AreaCode)
        {
            Outcomes = ["Answered"], Form = [FormField.Of("deliveryProof", "送达凭证", "string", "Answered")],
            Data = new { result = scene.Matter.Result?.ToString(), scene.Matter.Reasons, scene.Matter.NewDecisionId, scene.Matter.Owed }, DueKey = "appeal.answer", Audience = scene.IsTownship ? "C" : "K",
            Send = await scene.ToParties("appeal.answered", true, cancellationToken)
        };

    protected override async Task<StepEnd> Decide(AppealScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("deliveryProof") is not { Length: > 0 and <= 200 } proof)
            return StepEnd.Not("ProofMissing");
        var deed = scene.Context.DeedOf("answer", answer.By);
        await new AppealBook(scene.Db).Change(AppealId, ("AppealAnswered", new { proof }), row => row with { AnsweredAt = deed.At, DeliveryProof = proof }, deed, cancellationToken);
        return StepEnd.By("Answered");
    }
}
