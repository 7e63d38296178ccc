namespace Relief.Flow.Activities.Settlement;

/// <summary>What became of a dispute.</summary>
public abstract record DisputeResult
{
    /// <summary>It is raised or decided.</summary>
    /// <param name="DisputeId">The dispute.</param>
    public sealed record Done(string DisputeId) : DisputeResult;

    /// <summary>A line is disputed once (E13).</summary>
    public sealed record AlreadyDisputed : DisputeResult;

    /// <summary>It may not be: TooLate, NotRejected, NotPaid, SameClerk, RecordNotAccepted, FundShort, Unknown.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : DisputeResult;
}
