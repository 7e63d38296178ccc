using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>The agent hands in the application in the person's name, which is read back to them and confirmed (P20 step 5).</summary>
/// <remarks>The application itself comes in at the intake with the mandate's number; the read-back is kept here. Without an application there is nothing to confirm.</remarks>
[ChangesRecords]
[Activity("Relief Agents", "Has the agent apply in the person's name and read it back.", Chinese = "代为申请", Waits = true)]
[Outcomes("Applied", "NotNeeded", Expired)]
public sealed class ApplyOnBehalf : MandateStep
{
    private static readonly string[] Confirmers = ["Person", "Guardian", "Relative", "VillageCommittee"];

    protected override Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken) => Task.FromResult(
        OfAgent(scene, "agent.apply", "代为申请并读回确认") with
        {
            Outcomes = ["Applied", "NotNeeded"],
            Form =
            [
                FormField.Of("readBack", "读回确认记录", "string", "Applied"), FormField.Of("readBackBy", "确认人", "string", "Applied").OneOf(Confirmers), FormField.Of("reason", "说明", "string", "NotNeeded")
            ],
            Data = new { scene.Mandate.CaseId, confirmers = Confirmers }
        });

    protected override async Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NotNeeded")
            return StepEnd.By("NotNeeded");
        if (scene.Mandate.CaseId is null)
            return StepEnd.Not("NoApplication");
        if (answer.Text("readBack") is not { Length: > 0 } record || answer.Text("readBackBy") is not { } by || !Confirmers.Contains(by))
            return StepEnd.Not("ReadBackMissing");
        await new MandateBook(scene.Db).ReadBack(MandateId, (record, by), scene.Context.DeedOf("readBack", answer.By), cancellationToken);
        return StepEnd.By("Applied");
    }
}
