using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>The person chooses, with the township's clerk, which policy is applied for (P28 step 2).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Has the person choose a policy.", Chinese = "本人选择政策", Waits = true)]
[Outcomes("Chosen", "WantsNone")]
public sealed class ChoosePolicy : LinkageStep
{
    protected override async Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken)
    {
        var before = await new LinkageBook(scene.Db).Referrals(LinkageId, cancellationToken);
        return new Question("special.choose", "选择救助政策", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["Chosen", "WantsNone"],
            Form = [FormField.Of("policyId", "政策", "string", "Chosen"), FormField.Of("reason", "本人放弃的理由", "string", "WantsNone")],
            Data = new
            {
                scene.Linkage.PersonId, need = scene.Linkage.Need.ToString(),
                policies = (await PolicyLookup.For(scene.Db, scene.Linkage, scene.Context.Now, cancellationToken)).Select(entry => new { entry.Id, entry.Title, entry.Department, entry.Conditions, entry.HowToApply }),
                before = before.Select(referral => new { referral.UnitCode, referral.Answer, referral.Reason })
            },
            DueKey = "special.choose"
        };
    }

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var book = new LinkageBook(scene.Db);
        if (answer.Decision == "WantsNone")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Change(LinkageId, ("PolicyDeclined", new { reason }), row => row with { Reason = reason }, scene.Deed("decline", answer.By), cancellationToken);
            return StepEnd.By("WantsNone");
        }

        var policies = await PolicyLookup.For(scene.Db, scene.Linkage, scene.Context.Now, cancellationToken);
        if (policies.FirstOrDefault(entry => entry.Id == answer.Text("policyId")) is not { } chosen)
            return StepEnd.Not("PolicyUnknown");
        await book.Change(LinkageId, ("PolicyChosen", new { chosen.Code, chosen.Version }), row => row with { PolicyId = chosen.Id, UnitCode = chosen.Department, IsBinding = false }, scene.Deed("choose", answer.By), cancellationToken);
        return StepEnd.By("Chosen");
    }
}
