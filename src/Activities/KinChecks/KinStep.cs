using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.KinChecks;

/// <summary>A step of a kin filing that one person decides; late, the county is told.</summary>
public abstract class KinStep : AskedStep<KinScene>
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The member of staff who is said to be kin.", Chinese = "工作人员")]
    public required string StaffId { get; init; }

    protected sealed override Task<KinScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        KinScene.Of(db, CaseId, StaffId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(KinScene scene, Question question, bool isLate) =>
        [isLate || question.Unit == scene.CountyCode ? scene.ToCounty(isLate ? "kin.late" : "kin.remind") : scene.ToTownship("kin.remind")];
}
