namespace Relief.Flow.Activities.Changes;

/// <summary>How far a change is.</summary>
public enum ChangeStatus
{
    /// <summary>It is looked into.</summary>
    Open,

    /// <summary>Somebody has said what should be done.</summary>
    Proposed,

    /// <summary>A second person has agreed; it takes effect on its day.</summary>
    Approved,

    /// <summary>It is done.</summary>
    Applied,

    /// <summary>Everything goes on as it was.</summary>
    Kept,

    /// <summary>It goes another way: a death, or a person of whom nothing is left to decide.</summary>
    Passed
}
