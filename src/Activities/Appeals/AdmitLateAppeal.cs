using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Somebody who did not decide says whether an appeal that came late is looked at all the same; the reason goes into the answer (P25 step 1).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Says whether an appeal that came late is looked at.", Chinese = "逾期申诉审查", Waits = true)]
[Outcomes("Admitted", "Refused")]
public sealed class AdmitLateAppeal : AppealStep
{
    protected override async Task<Question> Ask(AppealScene scene, CancellationToken cancellationToken)
    {
        var excluded = await scene.Excluded(cancellationToken);
        var (role, unit, audience) = await scene.Reviewer(excluded, cancellationToken);
        return new Question("appeal.late", "逾期申诉:是否受理", role, unit)
        {
            Outcomes = ["Admitted", "Refused"], Form = [FormField.Of("reason", "理由", "string", "Admitted", "Refused")],
            Data = new { scene.Matter.Until, scene.Matter.LateReason }, Excluded = excluded, DueKey = "appeal.admit", Audience = audience
        };
    }

    protected override async Task<StepEnd> Decide(AppealScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 } reason)
            return StepEnd.Not("ReasonMissing");
        if (reason.Length > 2000)
            return StepEnd.Not("AnswerTooLong");
        var (deed, isAdmitted) = (scene.Context.DeedOf("late", answer.By), answer.Decision == "Admitted");
        await new AppealBook(scene.Db).Change(AppealId, (isAdmitted ? "LateAppealAdmitted" : "LateAppealRefused", null), row => row with { LateNote = reason, Reasons = isAdmitted ? row.Reasons : reason }, deed, cancellationToken);
        if (isAdmitted && scene.Matter is { CaseId: { } caseId, Effect: AppealEffect.Continues })
            await new CaseBook(scene.Db).Flag(caseId, AppealBook.StopHeld, true, deed.Step("held"), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
