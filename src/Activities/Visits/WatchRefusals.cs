using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>After two refused visits of an order in a row somebody asks whether the refusal is free, once for the row (E01). A single one changes nothing.</summary>
[ChangesRecords]
[Activity("Relief Delivery", "Has refusals looked into when an order's visits were refused twice in a row.", Chinese = "连续拒绝提醒")]
public sealed class WatchRefusals : Activity
{
    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        VisitStatus[] over = [VisitStatus.Done, VisitStatus.Refused, VisitStatus.NoShow, VisitStatus.NobodyHome, VisitStatus.Missing];
        var before = await db.Set<VisitSlot>().Where(row => row.OrderId == slot.OrderId && row.PlannedStart <= slot.PlannedStart && over.Contains(row.Status))
            .OrderByDescending(row => row.PlannedStart).ThenByDescending(row => row.Id).Select(row => new { row.Id, row.Status }).ToListAsync(cancellationToken);
        var refused = before.TakeWhile(row => row.Status == VisitStatus.Refused).ToList();
        if (refused.Count < 2)
            return new Completed(Done);
        var caseId = await db.Set<Order>().Where(order => order.Id == slot.OrderId).Select(order => order.CaseId).SingleAsync(cancellationToken);
        var first = refused[^1].Id;
        return new Completed(Done)
        {
            Send = [Message.Of(new ChildStart(InstanceIds.Of("refusal:" + first), "procedure.refusal", Json(new { caseId, personId = slot.PersonId, visitId = first }), context.CorrelationId, context.BusinessKey, context.SubjectId))]
        };
    }
}
