namespace Relief.Flow.Activities.Changes;

/// <summary>What is to be done about a change (P12 step 3).</summary>
public enum ChangeDecision
{
    /// <summary>Nothing.</summary>
    Continue,

    /// <summary>Another quantity, item or fund, or another category.</summary>
    Change,

    /// <summary>Services stand still until a day.</summary>
    Suspend,

    /// <summary>Services end.</summary>
    Stop,

    /// <summary>The case goes to another township of the county (E03).</summary>
    Transfer
}
