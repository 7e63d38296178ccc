using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Two departments have each said that it is not theirs: the county's coordinator says within three working days whose it is (P28, edge).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Has the county say which department is competent.", Chinese = "协调主责部门", Waits = true)]
[Outcomes("Assigned", "Nobody")]
public sealed class CoordinateUnits : LinkageStep
{
    protected override async Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken)
    {
        var before = await new LinkageBook(scene.Db).Referrals(LinkageId, cancellationToken);
        return new Question("special.coordinate", "协调主责部门", ReliefRoles.CountyOfficer, scene.Linkage.CountyCode)
        {
            Outcomes = ["Assigned", "Nobody"],
            Form = [FormField.Of("unitId", "主责部门", "string", "Assigned"), FormField.Of("reason", "理由", "string", "Assigned", "Nobody")],
            Data = new { scene.Linkage.PersonId, need = scene.Linkage.Need.ToString(), before = before.Select(referral => new { referral.UnitCode, referral.Answer, referral.Reason }) },
            DueKey = "special.coordinate", Audience = "K"
        };
    }

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        var (book, deed, unit) = (new LinkageBook(scene.Db), scene.Deed("coordinate", answer.By), answer.Text("unitId"));
        if (answer.Decision == "Nobody")
        {
            await book.Change(LinkageId, ("NobodyCompetent", new { reason }), row => row with { Reason = reason }, deed, cancellationToken);
            return StepEnd.By("Nobody");
        }

        if (!await scene.Db.Set<Organisation>().AnyAsync(row => row.Id == unit && row.CountyCode == scene.Linkage.CountyCode && row.Kind == OrganisationKind.Department, cancellationToken))
            return StepEnd.Not("UnitUnknown");
        await book.Change(LinkageId, ("UnitAssigned", new { unit, reason }), row => row with { UnitCode = unit, IsBinding = true }, deed, cancellationToken);
        return StepEnd.By("Assigned");
    }
}
