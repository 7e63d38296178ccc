namespace Relief.Flow.Activities.Settlement;

/// <summary>How a dispute ends.</summary>
/// <param name="LineId">The disputed line.</param>
/// <param name="Outcome">Upheld: the rejection stands. Overturned: the next batch pays.</param>
/// <param name="RecordId">The record accepted late; needed to overturn.</param>
public sealed record DisputeDecision(string LineId, DisputeOutcome Outcome, string? RecordId = null);
