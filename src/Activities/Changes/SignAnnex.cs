using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>The supplier signs the annex to its agreement before another quantity holds, or says why it cannot (P12 step 4). What does not concern a supplier needs none.</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "Has the supplier sign the annex of a change.", Chinese = "签订变更附件", Waits = true)]
[Outcomes("Signed", "Declined", "NotNeeded")]
public sealed class SignAnnex : ChangeStep
{
    protected override Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken) => Task.FromResult(
        scene.Change is { Decision: ChangeDecision.Change, Quantity: not null } && scene.Meant(scene.Change.OrderId) is [{ SupplierId: not null }] ? null : StepEnd.By("NotNeeded"));

    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken)
    {
        var order = await new OrderScenes(scene.Db).Of(scene.Change.OrderId!, cancellationToken);
        return new Question("change.annex", "签订服务变更附件", ReliefRoles.SupplierLead, order.SupplierUnit!)
        {
            Outcomes = ["Signed", "Declined"],
            Form = [FormField.Of("reason", "不能签订的理由", "string", "Declined")],
            Data = new { scene.Change.OrderId, scene.Change.ItemCode, scene.Change.Quantity, scene.Change.Visits, scene.Change.EffectiveOn },
            DueKey = "agreement.sign", Audience = "S"
        };
    }

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Declined" && answer.Reason is not { Length: > 0 and <= 2000 })
            return StepEnd.Not("ReasonMissing");
        var deed = scene.Context.DeedOf("annex", answer.By);
        await new ChangeBook(scene.Db).Change(ChangeId, ("Annex" + answer.Decision, new { answer.Reason }), change => change with { AnnexBy = answer.Decision == "Signed" ? answer.By : null }, deed, cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
