using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Asks for the conference on a case whose facts are true and to which the rules do not fit, and waits for it; its end arrives as <c>conf:{caseId}</c> (P16).</summary>
/// <remarks>The conference recommends; the review that follows decides (0.2b).</remarks>
[Activity("Relief Case", "Waits for the conference on an escalated case.", Chinese = "等待个案会商", Waits = true)]
[Outcomes(Held)]
[ChangesRecords]
public sealed class AwaitConference(ReliefDatabase database) : Activity
{
    private const string Held = nameof(Held);
    private const string Flag = "ConferenceOpen";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Flag(CaseId, Flag, true, Deed.Of(context), cancellationToken);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "conference.convene", context.Now, cancellationToken);
        return await WaitAt([Bookmark.Event("held", "conf:" + CaseId), .. deadline.Timers("held")],
            Tell.Unit("conference.asked", "K", scene.County, new { caseNumber = scene.Case.Number }), StartOf(context));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.IsTimer)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, "conference"));
        await new CaseBook(records).Flag(CaseId, Flag, false, Deed.Of(context, wakeup, "conference"), cancellationToken);
        return await Complete(Held);
    }

    // It goes on by itself; what comes of it is told by the event, and the review that follows decides.
    private Message StartOf(ActivityContext context) => Message.Of(new ChildStart(
        context.KeyFor("conference"), "procedure.conference", Json(new { caseId = CaseId, situation = "NoPolicyFits", because = "提级复审" }), AuditTrail.Case(CaseId), "conference:" + CaseId, context.SubjectId));
}
