using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pauses;

/// <summary>Something about a case that a person settles and proves by a reference, such as a report to another authority.</summary>
/// <remarks>When it is late the county is told; nobody decides in its place.</remarks>
[ChangesRecords]
[Activity("Relief Case", "Lets a person settle something about a case.", Chinese = "个案事项办理", Waits = true)]
[Outcomes("Done", "Stop")]
public sealed class CaseTask : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("What sort of task it is.", Chinese = "任务类别")]
    public required string Kind { get; init; }

    [Input("The title, without a name or an illness.", Chinese = "任务名称")]
    public required string Title { get; init; }

    [Input("Who may settle it.", Chinese = "办理角色")]
    public string Role { get; init; } = ReliefRoles.ReliefClerk;

    [Input("The policy parameter that says how long it may take.", Chinese = "时限参数")]
    public required string DueKey { get; init; }

    [Output("The reference given.", Chinese = "编号")]
    public string Reference { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = ReliefDbContext.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(), await desk.Deadline(scene, DueKey, context.Now, cancellationToken), context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = ReliefDbContext.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        Reference = Answer.From(wakeup).Text("reference") ?? "";
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("CaseTask" + decision.Outcome, new { Kind, Reference }), Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private DeskWork Work() => new()
    {
        Title = Title,
        Kind = Kind,
        Role = Role,
        Outcomes = ["Done", "Stop"],
        Form = [FormField.Of("reference", "编号", "string", "Done"), FormField.Of("reason", "说明", "string", "Stop")]
    };
}
