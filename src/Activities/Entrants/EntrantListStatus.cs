namespace Relief.Flow.Activities.Entrants;

/// <summary>Whether a month's new entrants were all followed up.</summary>
public enum EntrantListStatus
{
    Open,
    Closed
}
