using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.KinChecks;

/// <summary>Takes down that somebody who works on relief is said to be kin of a case's person, and flags the case at once (P27 step 2, E09).</summary>
/// <remarks>Once for each case and member of staff, whoever finds it. A survey under way looks at its team again.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Takes down that a member of staff is said to be kin of a case's person.", Chinese = "亲属线索登记")]
[Outcomes("Opened", "Known")]
public sealed class OpenKinFiling : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The member of staff who is said to be kin.", Chinese = "工作人员")]
    public required string StaffId { get; init; }

    [Input("kin, sameHousehold, employer, supplierOwner or household.", Chinese = "关系")]
    public string Relation { get; init; } = "kin";

    [Input("Declaration, Survey, Task, Check666, Complaint or Report.", Chinese = "来源")]
    public string Origin { get; init; } = nameof(KinOrigin.Report);

    [Input("The statement, task, finding or ticket.", Chinese = "来源编号")]
    public string? OriginId { get; init; }

    [Input("Who said so.", Chinese = "提出人")]
    public string By { get; init; } = "system";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var origin = Enum.TryParse<KinOrigin>(Origin, out var known) ? known : KinOrigin.Report;
        var filing = await new KinBook(db).Open(new KinHit(CaseId, StaffId, Relation, origin, OriginId), context.DeedOf("open", By), cancellationToken);
        if (filing.Status != KinFilingStatus.Open)
            return new Completed("Known");
        var scene = await new CaseDesk(db).Open(CaseId, cancellationToken);
        var told = Tell.Unit("kin.opened", "C", scene.Township, new { caseNumber = scene.Case.Number });
        return new Completed("Opened")
        {
            Send = await db.Set<SurveyRecord>().AnyAsync(row => row.CaseId == CaseId && row.Status == SurveyStatus.Assigned, cancellationToken)
                ? [told, Message.Of(new EventPublished(KinBook.Found(CaseId), null, Json(new { caseId = CaseId })))]
                : [told]
        };
    }
}
