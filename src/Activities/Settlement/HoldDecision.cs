namespace Relief.Flow.Activities.Settlement;

/// <summary>A clerk's word on a held line.</summary>
/// <param name="LineId">The line.</param>
/// <param name="Passes">Whether it is verified.</param>
/// <param name="Reason">Why.</param>
public sealed record HoldDecision(string LineId, bool Passes, string Reason);
