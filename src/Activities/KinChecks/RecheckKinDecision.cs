using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.KinChecks;

/// <summary>The county looks again at a decision that was taken before the kinship was filed: it visits the home and lets the decision stand or revokes it (P27 step 5).</summary>
/// <remarks>
/// Neither who decided or surveyed nor who is concerned. Nothing stops by this step: a revoked decision begins a change (<c>procedure.change</c>), with the hearing and the notice that a stop needs.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has the county look again at a decision that was taken before a kinship was filed.", Chinese = "漏备案决定复核", Waits = true, Approves = true)]
[Outcomes("DecisionStands", "DecisionRevoked")]
public sealed class RecheckKinDecision : KinStep
{
    protected override async Task<Question> Ask(KinScene scene, CancellationToken cancellationToken)
    {
        var deciders = await scene.Db.Set<DecisionRecord>().Where(row => row.CaseId == CaseId).Select(row => row.DecidedBy).Distinct().ToListAsync(cancellationToken);
        var signers = await new SurveyQueries(scene.Db).SignersOf(CaseId, cancellationToken);
        var kin = await new StaffQueries(scene.Db).KinOf(scene.Filing.PersonId, cancellationToken);
        return new Question("kin.recheck", "漏备案:县级入户复核原决定", ReliefRoles.CountyOfficer, scene.CountyCode)
        {
            Outcomes = ["DecisionStands", "DecisionRevoked"],
            Form = [FormField.Of("visitedOn", "入户日期", "string", "DecisionStands", "DecisionRevoked"), FormField.Of("reason", "复核意见", "string", "DecisionStands", "DecisionRevoked")],
            Data = new { scene.Filing.DecisionId, scene.Filing.Relation },
            Excluded = [.. deciders.Concat(signers).Concat(kin).Append(StaffId).Distinct().Order(StringComparer.Ordinal)], DueKey = "kin.recheck", Audience = "K"
        };
    }

    protected override async Task<StepEnd> Decide(KinScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        if (!DateOnly.TryParseExact(answer.Text("visitedOn"), "yyyy-MM-dd", out _))
            return StepEnd.Not("VisitMissing");
        var result = Enum.Parse<KinRecheck>(answer.Decision);
        await new KinBook(scene.Db).Recheck(scene.Filing.Id, (result, reason), scene.Context.DeedOf("recheck", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision, [scene.ToTownship("kin.rechecked"), .. result == KinRecheck.DecisionRevoked ? new[] { Change(scene, answer.By) } : []]);
    }

    private static Message Change(KinScene scene, string by) =>
        Message.Of(ChangeStart.Of(scene.Filing.PersonId, ChangeKind.Recheck, (ChangeOrigin.Report, scene.Filing.Id), ("亲属漏备案,县级复核撤销原决定", by, null)));
}
