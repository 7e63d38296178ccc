namespace Relief.Flow.Activities.Charities;

/// <summary>How far a list of names is.</summary>
public enum CharityListStatus
{
    Open,
    Compiled,
    Sent,
    Finished,
    Deleted
}
