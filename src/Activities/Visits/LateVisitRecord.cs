using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Takes the record of a visit that counts as missing: after 72 hours only the township lets it in, after its year the county (E23).</summary>
/// <remarks>What cannot be is told to the supplier with the reason, and nothing is kept.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Takes the record of a visit that counts as missing.", Chinese = "逾期补报记录")]
[Outcomes("Submitted", "Refused")]
public sealed class LateVisitRecord : Activity
{
    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    [Input("What was done, as the worker's app sends it.", Chinese = "服务内容")]
    public required JsonElement Record { get; init; }

    [Output("The record.", Chinese = "记录")]
    public string RecordId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var result = FormData.Read<RecordForm>(Record)?.ToEntry(slot) is { } entry
            ? await new RecordBook(db).Submit(entry, context.DeedOf("record", entry.WorkerId), cancellationToken)
            : new RecordResult.Invalid("Incomplete");
        if (result is RecordResult.Done(var id, _))
        {
            RecordId = id;
            return new Completed("Submitted");
        }

        var supplier = (await new OrderScenes(db).Of(slot.OrderId, cancellationToken)).Order.SupplierId!;
        return new Completed("Refused") { Send = [ActivityDeeds.Tell("record.refused", "S", supplier, new { visit = VisitId, reason = (result as RecordResult.Invalid)?.Reason })] };
    }
}
