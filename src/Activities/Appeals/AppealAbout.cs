namespace Relief.Flow.Activities.Appeals;

/// <summary>What an appeal is against (P25).</summary>
public enum AppealAbout
{
    /// <summary>A decision on a case.</summary>
    Decision,

    /// <summary>That services stop or stand still.</summary>
    Stop,

    /// <summary>A public sheet.</summary>
    Notice,

    /// <summary>A line of a settlement, after its dispute.</summary>
    Line,

    /// <summary>A neighbour's yearly subsidy.</summary>
    Subsidy
}
