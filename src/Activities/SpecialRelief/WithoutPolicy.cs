using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>No policy of the library fits: the county says whether a conference looks for a way, or a charity is asked (P28 step 1).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Has the county say what follows when no policy fits.", Chinese = "无适用政策处置", Waits = true)]
[Outcomes("Conference", "Charity")]
public sealed class WithoutPolicy : LinkageStep
{
    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.none", "无适用政策处置", ReliefRoles.CountyOfficer, scene.Linkage.CountyCode)
        {
            Outcomes = ["Conference", "Charity"],
            Form = [FormField.Of("reason", "说明", "string", "Conference", "Charity")],
            Data = new { scene.Linkage.PersonId, need = scene.Linkage.Need.ToString() }, DueKey = "special.choose", Audience = "K"
        });

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new LinkageBook(scene.Db).Change(LinkageId, ("NoPolicyFits", new { reason }), row => row with { Reason = reason }, scene.Deed("none", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision, answer.Decision == "Charity" ? [Tell.Unit("special.charity", "C", scene.Township, scene.Reference)] : []);
    }
}
