namespace Relief.Flow.Activities.Matching;

/// <summary>How a run stands.</summary>
public enum MatchRunStatus
{
    /// <summary>It waits for the partners' data.</summary>
    Collecting,

    /// <summary>It was compared; hits are being checked.</summary>
    Matched,

    /// <summary>It was told to the county.</summary>
    Reported
}
