namespace Relief.Flow.Activities.Discoveries;

/// <summary>What came of a discovery (P02 step 3).</summary>
public enum DiscoveryOutcome
{
    /// <summary>An application.</summary>
    Applied,

    /// <summary>The person wants no help now; somebody asks once more later.</summary>
    Declined,

    /// <summary>There is no need; the reason is kept.</summary>
    NoNeed,

    /// <summary>Nobody could find the person (E06).</summary>
    NotFound,

    /// <summary>The person has an open case, and what was seen went there (E07).</summary>
    InCase,

    /// <summary>Found before discoveries were followed up.</summary>
    Unfollowed
}
