using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>A department answers within ten working days whether it takes a person's application; saying nothing is an answer too (P28 step 3).</summary>
/// <remarks>A department to which the county has given it cannot say that it is not theirs. Who had it, how long and with what answer is kept.</remarks>
[ChangesRecords]
[Activity("Relief Linkage", "Refers a person to a department.", Chinese = "部门转介", Waits = true)]
[Outcomes("Accepted", "MorePapers", "Refused", "NotOurs", "Timeout")]
public sealed class ReferToDepartment : LinkageStep
{
    protected override async Task<StepEnd?> Begin(LinkageScene scene, CancellationToken cancellationToken)
    {
        await new LinkageBook(scene.Db).Refer(scene.Linkage, scene.Deed("refer"), cancellationToken);
        return null;
    }

    protected override async Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken)
    {
        var (linkage, policy) = (scene.Linkage, scene.Linkage.PolicyId is { } id ? await new PolicyQueries(scene.Db).Find(id, cancellationToken) : null);
        return new Question("special.referral", "部门受理转介", ReliefRoles.DepartmentLiaison, linkage.UnitCode!)
        {
            Outcomes = linkage.IsBinding ? ["Accepted", "MorePapers", "Refused"] : ["Accepted", "MorePapers", "Refused", "NotOurs"],
            Form = [FormField.Of("reason", "所缺材料或不予受理的理由", "string", "MorePapers", "Refused", "NotOurs")],
            Data = new { linkage.PersonId, need = linkage.Need.ToString(), policy = policy?.Title, document = policy?.Document, linkage.ConsentForm, linkage.ConsentBy, linkage.ConsentAt },
            DueKey = "dept.reply", WhenLate = "Timeout", Audience = "D",
            Send = [Tell.Unit("special.referred", "D", linkage.UnitCode!, scene.Reference)]
        };
    }

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision != "Accepted" && answer.Reason is not { Length: > 0 and <= 1000 })
            return StepEnd.Not("ReasonMissing");
        await new LinkageBook(scene.Db).Answered(LinkageId, (answer.Decision, answer.Reason), scene.Deed("answer", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
