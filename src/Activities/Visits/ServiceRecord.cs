using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Waits for the record of a visit (P08 steps 4 to 6): event <c>record:{visitId}</c> with a <see cref="RecordForm"/>.</summary>
/// <remarks>24 hours after the visit it is late and the supplier is told, after 72 hours it is <c>Missing</c>. A form that cannot be is refused and asked for again.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Waits for the record of a visit and checks it.", Chinese = "服务记录", Waits = true)]
[Outcomes("Submitted", "NoShow", "Refused", "NobodyHome", "Incident", "Missing", "Cancelled")]
public sealed class ServiceRecord : Activity
{
    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    [Output("The record.", Chinese = "记录")]
    public string RecordId { get; private set; } = "";

    [Output("What a person must look at; none means clean.", Chinese = "疑点")]
    public IReadOnlyList<string> Flags { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var scene = await new OrderScenes(db).Of(slot.OrderId, cancellationToken);
        var late = await new Deadlines(db).Of("record.submit", scene.TownshipCode, slot.PlannedEnd, cancellationToken);
        var hard = await new Deadlines(db).Of("record.submit.hard", scene.TownshipCode, slot.PlannedEnd, cancellationToken);
        return new Waiting([Bookmark.Event("record", "record:" + VisitId), Bookmark.Timer("late", late.Due), Bookmark.Timer("missing", hard.Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var scene = await new OrderScenes(db).Of(slot.OrderId, cancellationToken);
        if (slot.Status is VisitStatus.Cancelled or VisitStatus.Done)   // done: its record came before a pause and another way
            return new Completed("Cancelled");
        if (wakeup.Bookmark == "late")
            return new Waiting([]) { Send = [ActivityDeeds.Tell("record.late", "S", scene.Order.SupplierId!, new { visit = VisitId })] };
        if (wakeup.IsTimer)
            return await Ended(db, scene, VisitStatus.Missing, cancellationToken);

        var form = FormData.Read<RecordForm>(wakeup.Payload);
        if (form?.Outcome is null or "Done")
            return await Submitted(db, context, scene, form?.ToEntry(slot), cancellationToken);
        // Who refused and who saw it, or why nobody was served, stays (E01).
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("VisitNotServed", new { visit = VisitId, form.Outcome, form.Content, form.ConfirmedBy }), context.DeedOf("told", form.By ?? slot.WorkerId ?? ActivityDeeds.System), cancellationToken);
        return await Ended(db, scene, StatusOf(form.Outcome), cancellationToken);
    }

    private async Task<ActivityResult> Submitted(ReliefDbContext db, ActivityContext context, OrderScene scene, RecordEntry? entry, CancellationToken cancellationToken)
    {
        var result = entry is null
            ? new RecordResult.Invalid("Incomplete")
            : await new RecordBook(db).Submit(entry, context.DeedOf("record", entry.WorkerId), cancellationToken);
        if (result is not RecordResult.Done(var id, var flags))
            return new Waiting([Bookmark.Event("record", "record:" + VisitId)])
            {
                Send = [ActivityDeeds.Tell("record.refused", "S", scene.Order.SupplierId!, new { visit = VisitId, reason = (result as RecordResult.Invalid)?.Reason })]
            };
        RecordId = id;
        Flags = flags;
        return new Completed("Submitted");
    }

    private async Task<ActivityResult> Ended(ReliefDbContext db, OrderScene scene, VisitStatus status, CancellationToken cancellationToken)
    {
        await new VisitBook(db).End(VisitId, status, cancellationToken);
        return new Completed(status == VisitStatus.Done ? "Incident" : status.ToString())
        {
            Send = [ActivityDeeds.Tell("visit.missed", "C", scene.TownshipCode, new { visit = VisitId, outcome = status.ToString() })]
        };
    }

    private static VisitStatus StatusOf(string outcome) => outcome switch
    {
        "Refused" => VisitStatus.Refused,
        "NobodyHome" => VisitStatus.NobodyHome,
        "Incident" => VisitStatus.Done,
        _ => VisitStatus.NoShow
    };
}
