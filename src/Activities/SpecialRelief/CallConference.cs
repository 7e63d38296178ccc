using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Asks for a conference on a need that no department meets (P16), about the person's open case where there is one.</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Asks for a conference on a need that no department meets.", Chinese = "提请一事一议")]
public sealed class CallConference : Activity
{
    [Input("The linkage.", Chinese = "救助转介")]
    public required string LinkageId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await LinkageScene.Of(db, LinkageId, context, cancellationToken);
        var linkage = scene.Linkage;
        var caseId = await db.Set<Case>().Where(row => row.PersonId == linkage.PersonId && row.CountyCode == linkage.CountyCode && row.ClosedAt == null).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var tried = (await new LinkageBook(db).Referrals(LinkageId, cancellationToken)).Count > 0;
        var input = new
        {
            caseId, countyCode = caseId is null ? linkage.CountyCode : null, situation = tried ? "SeveralDepartments" : "NoPolicyFits",
            because = $"{(tried ? "专项救助转介未果" : "无适用的救助政策")} {scene.Title}", by = linkage.CreatedBy
        };
        return new Completed(Done)
        {
            Send =
            [
                Message.Of(new ChildStart(InstanceIds.Of("conference:linkage:" + LinkageId), "procedure.conference", Json(input), scene.Subject, "conference:" + (caseId ?? LinkageId), context.SubjectId)),
                scene.ToCounty("special.conference"), scene.ToPerson("special.conference")
            ]
        };
    }
}
