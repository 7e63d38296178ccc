using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Keeps the record behind a disputed line; it is flagged TooLate and only accepted with the township's reason (E23).</summary>
internal static class LateRecord
{
    public static async Task<RecordResult> Keep(ReliefDbContext db, string lineId, RecordForm form, Deed deed, CancellationToken cancellationToken)
    {
        var line = await db.Set<SettlementLine>().SingleAsync(row => row.Id == lineId, cancellationToken);
        return form is not { Start: { } start, End: { } end, WorkerId: { } worker } || line.OrderId is null
            ? new RecordResult.Invalid("Incomplete")
            : await new RecordBook(db).Submit(new RecordEntry
            {
                OrderId = line.OrderId,
                WorkerId = worker,
                SecondWorkerId = form.SecondWorkerId,
                ItemCode = line.ItemCode,
                StartAt = start.ToUniversalTime(),
                EndAt = end.ToUniversalTime(),
                Quantity = form.Quantity ?? line.Quantity,
                Content = form.Content ?? "",
                ConfirmedBy = form.ConfirmedBy ?? "",
                Evidence = form.Evidence ?? []
            }, deed, cancellationToken);
    }
}
