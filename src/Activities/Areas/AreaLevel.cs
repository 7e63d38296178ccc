namespace Relief.Flow.Activities.Areas;

/// <summary>A level of the jurisdiction tree.</summary>
public enum AreaLevel
{
    City,
    County,
    Township,
    Village
}
