namespace Relief.Flow.Activities.Settlement;

/// <summary>A batch as it is looked at.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Lines">Its lines.</param>
public sealed record BatchView(SettlementBatch Batch, IReadOnlyList<LineView> Lines);
