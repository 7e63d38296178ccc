namespace Relief.Flow.Activities.SixChecks;

/// <summary>What has to be done about a finding, one kind for each item (FA-041 to FA-046).</summary>
public enum ActionKind
{
    /// <summary>Item 1: care, by an order.</summary>
    Care,

    /// <summary>Item 2: help to apply.</summary>
    Discovery,

    /// <summary>Item 3: temporary relief.</summary>
    Temporary,

    /// <summary>Item 4: medical relief.</summary>
    Medical,

    /// <summary>Item 5: the relation is filed, and the county surveys.</summary>
    KinFiling,

    /// <summary>Item 6: what is missing is archived.</summary>
    Archive
}
