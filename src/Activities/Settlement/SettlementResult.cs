namespace Relief.Flow.Activities.Settlement;

/// <summary>What became of a step of a batch.</summary>
public abstract record SettlementResult
{
    /// <summary>It is done, now or before.</summary>
    /// <param name="BatchId">The batch.</param>
    /// <param name="Total">The yuan of the lines that the step carried on.</param>
    public sealed record Done(string BatchId, decimal Total) : SettlementResult;

    /// <summary>There is nothing to settle this month.</summary>
    /// <param name="BatchId">The batch, empty.</param>
    public sealed record Empty(string BatchId) : SettlementResult;

    /// <summary>Verified, but for lines that a clerk must look at.</summary>
    /// <param name="BatchId">The batch.</param>
    /// <param name="Held">How many.</param>
    /// <param name="Total">The yuan of the verified lines.</param>
    public sealed record HasHold(string BatchId, int Held, decimal Total) : SettlementResult;

    /// <summary>A part is done, and committed with its burst; the next begins after what is named.</summary>
    /// <param name="BatchId">The batch.</param>
    /// <param name="After">The last line or order of the part.</param>
    public sealed record More(string BatchId, string After) : SettlementResult;

    /// <summary>A rule stands in the way: SamePerson, SurveyorApproves, FundShort, AccountStopped, HoldsOpen.</summary>
    /// <param name="Reason">Which.</param>
    public sealed record Refused(string Reason) : SettlementResult;

    /// <summary>The state does not allow it.</summary>
    /// <param name="Status">The state it is in.</param>
    public sealed record WrongState(BatchStatus Status) : SettlementResult;

    /// <summary>There is no such batch or line.</summary>
    public sealed record Unknown : SettlementResult;
}
