namespace Relief.Flow.Activities.HelpDays;

/// <summary>Where a help day stands.</summary>
public enum HelpDayStatus
{
    Planned,
    Open,
    Reconciled,
    Closed
}
