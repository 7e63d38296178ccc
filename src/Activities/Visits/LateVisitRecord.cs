using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Takes the record of a visit that counts as missing: after 72 hours only the township lets it in, after its year the county (E23). So it does with one that a pause
/// cancelled and that was begun before the pause: what was served is owed, whenever it had been planned (E21, INV-05).</summary>
/// <remarks>A visit has one record: of two that come at once one is kept. What cannot be is told to the supplier with the reason, and nothing is kept.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Takes the record of a visit that counts as missing.", Chinese = "逾期补报记录")]
[Outcomes("Submitted", "Refused")]
public sealed class LateVisitRecord : Activity
{
    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    [Input("What was done, as the worker's app sends it.", Chinese = "服务内容")]
    public required JsonElement Record { get; init; }

    [Input("When the pause began that cancelled the visit; none of one that is missing.", Chinese = "暂停时间")]
    public DateTimeOffset? PausedAt { get; init; }

    [Output("The record.", Chinese = "记录")]
    public string RecordId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        await db.Lock<Order>(slot.OrderId, cancellationToken);   // as every record does: what is read now, no other record changes
        slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var entry = FormData.Read<RecordForm>(Record)?.ToEntry(slot);
        var result = Problem(slot, entry) is { } problem ? new RecordResult.Invalid(problem) : await new RecordBook(db).Submit(entry!, context.DeedOf("record", entry!.WorkerId), cancellationToken);
        if (result is RecordResult.Done(var id, _))
        {
            RecordId = id;
            return new Completed("Submitted") { Send = [Message.Of(new EventPublished(RecordBook.Came(slot.OrderId), null, default))] };
        }

        var supplier = (await new OrderScenes(db).Of(slot.OrderId, cancellationToken)).Order.SupplierId!;
        return new Completed("Refused") { Send = [ActivityDeeds.Tell("record.refused", "S", supplier, new { visit = VisitId, reason = (result as RecordResult.Invalid)?.Reason })] };
    }

    // By the instant, not by the day: whatever is said of a person begins to hold when it is said, and what had begun by then was served in good faith.
    private string? Problem(VisitSlot slot, RecordEntry? entry) => slot.Status switch
    {
        _ when entry is null => "Incomplete",
        VisitStatus.Done or VisitStatus.NoShow or VisitStatus.Refused or VisitStatus.NobodyHome => "RecordKnown",
        VisitStatus.Cancelled => entry.StartAt < PausedAt ? null : "AfterPause",
        _ => null
    };
}
