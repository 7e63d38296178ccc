using static Relief.Flow.Activities.Cases.CaseStatus;

namespace Relief.Flow.Activities.Cases;

/// <summary>Which state of a case may follow which (workflows.md 3.0.2).</summary>
public static class CaseFlow
{
    private static readonly Dictionary<CaseStatus, CaseStatus[]> Next = new()
    {
        [Draft] = [Submitted, Closed],
        [Submitted] = [SupplementRequested, NotAccepted, Accepted, Closed],
        [SupplementRequested] = [Submitted, NotAccepted, Accepted, Closed],
        [NotAccepted] = [Closed],
        [Accepted] = [Registered, Closed],
        [Registered] = [Surveying, Denied, Closed],
        [Surveying] = [InReview, Registered, Denied, Closed],
        [InReview] = [Surveying, NoticeRunning, Confirmed, Denied, Closed],
        [NoticeRunning] = [InReview, Confirmed, Denied, Closed],
        [Confirmed] = [Referring, Stopping, Closed],
        [Denied] = [Surveying, InReview, Confirmed, Closed],
        [Referring] = [Planned, Confirmed, InService, Stopping, Closed],
        [Planned] = [Referring, InService, Stopping, Closed],
        [InService] = [Suspended, Referring, Stopping, Closed],
        [Suspended] = [InService, Stopping, Closed],
        [Stopping] = [InService, Closed],
        [Closed] = []
    };

    /// <summary>Whether a case may pass from one state to another; staying where it is is always allowed and changes nothing.</summary>
    public static bool Allows(CaseStatus from, CaseStatus to) => from == to || Next[from].Contains(to);

    /// <summary>The states that may follow.</summary>
    public static IReadOnlyList<CaseStatus> After(CaseStatus status) => Next[status];
}
