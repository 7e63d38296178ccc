namespace Relief.Flow.Activities.Notices;

/// <summary>Whether a notice hangs.</summary>
public enum NoticeStatus
{
    Prepared,
    Posted,
    Withdrawn,
    TakenDown
}
