namespace Relief.Flow.Activities.Visits;

/// <summary>What a worker's app sends after a visit.</summary>
/// <param name="Outcome">Done, Refused, NobodyHome, NoShow or Incident; Done when it says nothing.</param>
/// <param name="WorkerId">Who served; the dispatched worker when it says nothing.</param>
/// <param name="SecondWorkerId">The second worker, where two are needed.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Quantity">Units other than hours.</param>
/// <param name="Content">What was done.</param>
/// <param name="ConfirmedBy">Who confirmed for the person, and how.</param>
/// <param name="Evidence">Hashes of the evidence.</param>
/// <param name="Key">The sender's key; a repeat is kept once.</param>
/// <param name="By">Who sends it.</param>
public sealed record RecordForm(
    string? Outcome, string? WorkerId, string? SecondWorkerId, DateTimeOffset? Start, DateTimeOffset? End, decimal? Quantity,
    string? Content, string? ConfirmedBy, IReadOnlyList<string>? Evidence, string? Key, string? By)
{
    /// <summary>It as the record of a visit; null when it lacks its times or who served.</summary>
    internal RecordEntry? ToEntry(VisitSlot slot) => Start is not { } start || End is not { } end || (WorkerId ?? slot.WorkerId) is not { } worker ? null : new RecordEntry
    {
        OrderId = slot.OrderId,
        VisitId = slot.Id,
        WorkerId = worker,
        SecondWorkerId = SecondWorkerId,
        ItemCode = slot.ItemCode,
        StartAt = start.ToUniversalTime(),
        EndAt = end.ToUniversalTime(),
        Quantity = Quantity ?? 1,
        Content = Content ?? "",
        ConfirmedBy = ConfirmedBy ?? "",
        Evidence = Evidence ?? []
    };
}
