namespace Relief.Flow.Activities.Cases;

/// <summary>What became of a change of a case or an application.</summary>
public abstract record CaseResult
{
    /// <summary>It is done, now or by the first call with the same key.</summary>
    /// <param name="CaseId">The case.</param>
    public sealed record Done(string CaseId) : CaseResult;

    /// <summary>The person has an open case in this county (INV-13); the need joins it.</summary>
    /// <param name="CaseId">The open case.</param>
    public sealed record SameOpenCase(string CaseId) : CaseResult;

    /// <summary>The state does not allow it.</summary>
    /// <param name="Status">The state it is in.</param>
    public sealed record WrongState(CaseStatus Status) : CaseResult;

    /// <summary>Missing papers are asked for once; only unreadable ones again (SC-11).</summary>
    public sealed record OneTimeNotice : CaseResult;

    /// <summary>There is nothing under that id.</summary>
    public sealed record Unknown : CaseResult;
}
